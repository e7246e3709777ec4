/** What the console uses of uPlot. */
export default class uPlot {
  constructor(options: object, data: unknown[], target: HTMLElement);
  setSize(size: { width: number; height: number }): void;
  setData(data: unknown[]): void;
  destroy(): void;
}
