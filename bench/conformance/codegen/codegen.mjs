// --- config
const config = {
  enumsAsTypes: true,
  strictScalars: true,
  scalars: { BigInt: 'number', Date: 'string', DateTime: 'string', KpiNumber: 'string' },
};

/** @type {import('@graphql-codegen/cli').CodegenConfig} */
export default {
  schema: 'schema.graphql',
  documents: 'documents/*.graphql',
  generates: {
    // Of the operations, with the inputs and enums that they use.
    'codegen/generated.ts': { plugins: ['typescript-operations', 'typed-document-node'], config },
    // Of the whole schema, for programs that build operations of their own.
    'codegen/schema.ts': { plugins: ['typescript'], config },
  },
};
// --- end
