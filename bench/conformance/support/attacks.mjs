// Requests that are made to be dear: the text of each is small, or is to be refused before it is read.

const many = (count, one) => Array.from({ length: count }, (_, n) => one(n)).join(' ');
const nested = (open, inside, close, depth) => open.repeat(depth) + inside + close.repeat(depth);

/** A fragment that spreads the next `width` times, and so on, `depth` deep. */
function bomb(depth, width, inside) {
  const fragment = (n) => `fragment f${n} on Query { ${n + 1 < depth ? `...f${n + 1} `.repeat(width) : inside} }`;
  return `{ ...f0 } ${many(depth, fragment)}`;
}

const introspection = (depth) => `{ __schema { types { ${nested('fields { type { ', 'name', ' } }', depth)} } } }`;

/** Refused for what they ask, by what they are. */
export const documents = {
  'fragments that spread ten fragments each, ten deep': bomb(10, 10, '__typename'),
  'the same with a list at the bottom': bomb(10, 10, 'bills(first: 100) { nodes { id } }'),
  'the same, a hundred deep, twice each': bomb(100, 2, '__typename'),
  '10,000 aliases': `{ ${many(10_000, (n) => `a${n}:viewer{name}`)} }`,
  '10,000 aliases of __typename': `{ ${many(10_000, (n) => `a${n}:__typename`)} }`,
  '20,000 times __typename': `{ ${many(20_000, () => '__typename')} }`,
  'a fragment that spreads itself': '{ ...a } fragment a on Query { ...a }',
  'two fragments that spread each other': '{ ...a } fragment a on Query { ...b } fragment b on Query { ...a }',
  'a circle of 2,000 fragments': `{ ...f0 } ${many(2_000, (n) => `fragment f${n} on Query { ...f${(n + 1) % 2_000} }`)}`,
  '5,000 fragments that nothing spreads': `{ __typename } ${many(5_000, (n) => `fragment f${n} on Query { __typename }`)}`,
  '5,000 operations': many(5_000, (n) => `query q${n} { __typename }`),
  '100,000 brackets in an argument': `{ bills(first: ${nested('[', '', ']', 50_000)}) { totalCount } }`,
  '100,000 brackets that stay open': `{ bills(first: ${'['.repeat(100_000)}`,
  '30,000 objects in each other in an argument': `{ bills(filter: ${nested('{a:', '1', '}', 30_000)}) { totalCount } }`,
  '50,000 selections in each other': nested('{a', '', '}', 50_000),
  '50,000 inline fragments in each other': `{ ${nested('...{', '__typename', '}', 50_000)} }`,
  'a type of 50,000 lists': `query($a: ${nested('[', 'Int', ']', 50_000)}) { __typename }`,
  '10,000 directives on a field': `{ __typename ${'@skip(if:false)'.repeat(10_000)} }`,
  '10,000 directives on an operation': `query ${'@nothing'.repeat(10_000)} { __typename }`,
  '10,000 variables': `query(${many(10_000, (n) => `$v${n}:Int`)}) { __typename }`,
  'the schema, fields of fields, 8 deep': introspection(8),
  'the schema, fields of fields, 100 deep': introspection(100),
  '2,000 fields of one name that do not go together': `{ ${many(2_000, (n) => `a: node(id: "${n}") { id }`)} }`,
  'a number of 10,000 digits': `{ bills(first: ${'9'.repeat(10_000)}) { totalCount } }`,
  'a fraction of 10,000 digits': `{ bills(first: 1.${'9'.repeat(10_000)}e9999) { totalCount } }`,
  'a block string that does not end': `{ bill(number: """${'\n   x'.repeat(20_000)}`,
  'half a character, escaped': '{ bill(number: "\\ud800") { id } }',
  'a character that there is not, escaped': '{ bill(number: "\\u{110000}") { id } }',
  '200,000 lines': `{${'\n'.repeat(200_000)}`,
  'nothing but a comment': `#${'x'.repeat(200_000)}`,
};

/** Refused or answered, but never slowly. */
export const oddities = {
  'a block string of 20,000 lines': { query: `{ bill(number: """${'\n   x'.repeat(20_000)}""") { id } }` },
  '30,000 escaped characters': { query: `{ bill(number: "${'\\u0041'.repeat(30_000)}") { id } }` },
  'an operation with a name of 200,000 letters': { query: `query ${'a'.repeat(200_000)} { __typename }` },
  'the name of an operation of 200,000 letters': { query: '{ __typename }', operationName: 'a'.repeat(200_000) },
  'a variable of 200,000 letters': { query: 'query($n: String!) { bill(number: $n) { id } }', variables: { n: 'x'.repeat(200_000) } },
  'a variable of 40,000 numbers': { query: 'query($n: Int) { bills(first: $n) { totalCount } }', variables: { n: Array(40_000).fill(1) } },
  '20,000 variables that nothing declares': { query: '{ __typename }', variables: Object.fromEntries(Array.from({ length: 20_000 }, (_, n) => [`v${n}`, 1])) },
  'a filter of 20,000 values': { query: 'query($f: BillFilter) { bills(first: 1, filter: $f) { nodes { id } } }', variables: { f: { status: Array(20_000).fill('PENDING') } } },
};

/** Bodies, refused before anything in them is looked at. */
export const bodies = {
  'a document of a megabyte': JSON.stringify({ query: `{ __typename } #${'x'.repeat(1_000_000)}` }),
  '100,000 brackets in a variable': `{"query":"query($a: Int) { __typename }","variables":{"a":${nested('[', '', ']', 50_000)}}}`,
  '30,000 objects in each other in a variable': `{"query":"query($a: Int) { __typename }","variables":{"a":${nested('{"a":', '1', '}', 30_000)}}}`,
  '100,000 brackets in the extensions': `{"query":"{ __typename }","extensions":{"a":${nested('[', '', ']', 50_000)}}}`,
  '100,000 brackets': nested('[', '', ']', 50_000),
  'a batch of a thousand': JSON.stringify(Array(1_000).fill({ query: '{ __typename }' })),
  'a variable of 10,000 digits': `{"query":"query($n: Int) { bills(first: $n) { totalCount } }","variables":{"n":${'9'.repeat(10_000)}}}`,
  'half a character in the JSON': '{"query":"{ bill(number: \\"\\\\ud800\\") { id } } \\ud800"}',
  'bytes that are no text': Buffer.from([0x7b, 0x22, 0xff, 0xfe, 0x22, 0x3a, 0x31, 0x7d]),
};
