/** Digests of the operations by their names; the server makes the module. */
declare const operations: Record<string, string>;
export default operations;
