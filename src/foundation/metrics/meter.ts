import type { CounterName, GaugeName, HistogramName } from './catalogue.js';

/** What tells the values of one metric apart: `{ topic: 'config' }`. Of few values each: a label is no place for ids. */
export type Labels = Readonly<Record<string, string>>;

/** Takes note of what happens, in numbers. Whoever measures knows only this, and not where the numbers go. */
export interface Meter {
  /** Counts something that happened, once or `by` times. */
  count(name: CounterName, labels?: Labels, by?: number): void;
  /** Takes note of one measured value: a duration in seconds, a size in bytes. */
  observe(name: HistogramName, value: number, labels?: Labels): void;
  /** `count` for these labels, for what happens thousands of times at once: they are looked up here and never again. */
  counting(name: CounterName, labels?: Labels): (by: number) => void;
  /** `observe` for these labels, in the same way. */
  observing(name: HistogramName, labels?: Labels): (value: number) => void;
  /**
   * Says how to find out how much there is of something now; nothing where there is nothing to say. Said again, it replaces
   * what was said before.
   */
  gauge(name: GaugeName, read: () => number | undefined, labels?: Labels): void;
}

/** Of what nobody looks at: programs that end soon, and parts that are tested alone. */
export const unmeasured: Meter = {
  count: () => undefined,
  observe: () => undefined,
  counting: () => () => undefined,
  observing: () => () => undefined,
  gauge: () => undefined,
};
