/** What the console uses of Preact's hooks. */
import type { Context } from './preact.js';
type Ending = void | undefined | (() => void);
type Given<T> = T | ((old: T) => T);
export function useState<T>(initial: T | (() => T)): [T, (next: Given<T>) => void];
export function useReducer<S, A>(reducer: (state: S, action: A) => S, initial: S): [S, (action: A) => void];
export function useEffect(effect: () => Ending, inputs?: readonly unknown[]): void;
export function useLayoutEffect(effect: () => Ending, inputs?: readonly unknown[]): void;
export function useRef<T>(initial: T): { current: T };
export function useMemo<T>(make: () => T, inputs: readonly unknown[]): T;
export function useCallback<T>(callback: T, inputs: readonly unknown[]): T;
export function useContext<T>(context: Context<T>): T;
export function useErrorBoundary(told?: (error: unknown) => void): [unknown, () => void];
export function useId(): string;
