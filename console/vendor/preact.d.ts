/** What the console uses of Preact. */
export type ComponentChild = unknown;
export interface Context<T> {
  Provider: (props: { value: T; children?: unknown }) => unknown;
}
export function h(type: unknown, props?: object | null, ...children: unknown[]): unknown;
export function render(view: unknown, parent: Element): void;
export function createContext<T>(value: T): Context<T>;
export const Fragment: (props: { children?: unknown }) => unknown;
