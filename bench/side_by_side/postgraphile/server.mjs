// PostGraphile 5 over Forecourt's own database: amber preset, one process, production mode. Each request carries an
// HS256 token; its claims become the role and the settings that row-level security reads, as src/second_lock.rs names
// them.
import { createServer } from "node:http";
import { createRequire } from "node:module";
import { writeFileSync } from "node:fs";
import { postgraphile } from "postgraphile";
import { PostGraphileAmberPreset } from "postgraphile/presets/amber";
import { makePgService } from "postgraphile/adaptors/pg";
import { addPgTableCondition } from "postgraphile/utils";
import { PgSimplifyInflectionPreset } from "@graphile/simplify-inflection";
import { grafserv } from "postgraphile/grafserv/node";
import { printSchema } from "graphql";
const require = createRequire(import.meta.url);
const { PgAggregatesPreset } = require("@graphile/pg-aggregates");
const jwt = require("jsonwebtoken");

const { DATABASE_URL, JWT_SECRET, PRINT_SCHEMA } = process.env;
const PORT = Number(process.env.PORT ?? 5678);
const POOL = Number(process.env.POOL ?? 16);

const onBills = (name, type, where) =>
  addPgTableCondition({ schemaName: "public", tableName: "bill" }, name, (build) => ({
    type: build.getTypeByName(type),
    apply: (condition, value) => where(condition, value, build),
  }));

// The stock conditions know equality only.
const day = (name, operator) =>
  onBills(name, "Date", (condition, value, { sql, dataplanPg: { TYPES, sqlValueWithCodec } }) => {
    condition.where(sql`${condition.alias}.bill_date ${operator(sql)} ${sqlValueWithCodec(value, TYPES.date)}`);
  });
const sold = onBills("sold", "Boolean", (condition, value, { sql }) => {
  if (value) condition.where(sql`${condition.alias}.status in ('COMPLETED', 'CREDITED')`);
});

// A plain count, and months of a date: stock pg-aggregates counts distinct values and cuts timestamps only.
const CountsAndMonths = {
  name: "CountsAndMonths",
  version: "0.0.0",
  after: ["PgAggregatesSpecsPlugin"],
  schema: {
    hooks: {
      build: {
        after: ["PgAggregatesSpecsPlugin"],
        callback(build) {
          const { sql, dataplanPg: { TYPES } } = build;
          build.pgAggregateSpecs.push({
            id: "count",
            humanLabel: "count",
            HumanLabel: "Count",
            isSuitableType: () => true,
            sqlAggregateWrap: (column) => sql`count(${column})`,
            pgTypeCodecModifier: () => TYPES.bigint,
          });
          build.pgAggregateGroupBySpecs.push({
            id: "truncated-to-month",
            isSuitableType: (codec) => codec === TYPES.date,
            sqlWrap: (column) => sql`date_trunc('month', ${column})::date`,
            sqlWrapCodec: (codec) => codec,
          });
          return build;
        },
      },
    },
  },
};

const settings = ({ reach, dealership, branch }) => ({
  role: `forecourt_${reach}`,
  ...(dealership && { "app.dealership_id": dealership }),
  ...(branch && { "app.branch_id": branch }),
});

const pgl = postgraphile({
  extends: [PostGraphileAmberPreset, PgSimplifyInflectionPreset, PgAggregatesPreset],
  plugins: [CountsAndMonths, day("from", (sql) => sql`>=`), day("before", (sql) => sql`<`), sold],
  // Every key begins with the dealership, which the first does not see through. The login inherits nothing, which the
  // second takes for being allowed nothing.
  disablePlugins: ["PgIndexBehaviorsPlugin", "PgRBACPlugin"],
  pgServices: [
    makePgService({ connectionString: DATABASE_URL, schemas: ["public"], poolConfig: { max: POOL, min: POOL } }),
  ],
  grafserv: {
    graphqlPath: "/graphql",
    graphiql: false,
    watch: false,
    websockets: false,
    port: PORT,
    host: "127.0.0.1",
  },
  grafast: {
    explain: false,
    context(request) {
      const token = request.node?.req?.headers?.authorization?.replace(/^Bearer /, "") ?? "";
      return { pgSettings: settings(jwt.verify(token, JWT_SECRET, { algorithms: ["HS256"] })) };
    },
  },
});
if (PRINT_SCHEMA) {
  writeFileSync(PRINT_SCHEMA, printSchema((await pgl.getSchemaResult()).schema));
}
const server = createServer();
await pgl.createServ(grafserv).addTo(server);
server.listen(PORT, "127.0.0.1", () => console.log("listening"));
