/** What the console uses of graphql-ws. */
export function createClient(options: object): {
  on(event: string, listener: (...told: any[]) => void): () => void;
  subscribe(payload: object, sink: { next(answer: any): void; error(cause: unknown): void; complete(): void }): () => void;
  dispose(): void;
};
