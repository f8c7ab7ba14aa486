/** What tells the values of one metric apart: `{ topic: 'config' }`. Of few values each: a label is no place for ids. */
export type Labels = Readonly<Record<string, string>>;

/** Takes note of what happens, in numbers. Whoever measures knows only this, and not where the numbers go. */
export interface Meter {
  /** Counts something that happened, once or `by` times. */
  count(name: string, labels?: Labels, by?: number): void;
  /** Takes note of one measured value: a duration in seconds, a size in bytes. */
  observe(name: string, value: number, labels?: Labels): void;
  /** Says how to find out how much there is of something now. Said again, it replaces what was said before. */
  gauge(name: string, read: () => number, labels?: Labels): void;
}

/** One number, or for observations their count and sum, as of now. */
export interface Sample {
  readonly name: string;
  readonly labels: Labels;
  readonly is: 'count' | 'observations' | 'gauge';
  /** The count, the number of observations, or the gauge's value. */
  readonly value: number;
  /** Of observations: what they add up to, and the largest. */
  readonly sum?: number;
  readonly max?: number;
}

interface Held {
  readonly name: string;
  readonly labels: Labels;
  readonly is: Sample['is'];
  value: number;
  sum: number;
  max: number;
  read?: () => number;
}

/** A meter that keeps everything in memory, to be looked at. */
export class MemoryMeter implements Meter {
  private readonly held = new Map<string, Held>();

  count(name: string, labels: Labels = {}, by = 1): void {
    this.of('count', name, labels).value += by;
  }

  observe(name: string, value: number, labels: Labels = {}): void {
    const held = this.of('observations', name, labels);
    held.value += 1;
    held.sum += value;
    held.max = Math.max(held.max, value);
  }

  gauge(name: string, read: () => number, labels: Labels = {}): void {
    this.of('gauge', name, labels).read = read;
  }

  /** Everything as of now. */
  samples(): Sample[] {
    return [...this.held.values()].map(({ name, labels, is, value, sum, max, read }) =>
      is === 'observations'
        ? { name, labels, is, value, sum, max }
        : { name, labels, is, value: read?.() ?? value },
    );
  }

  private of(is: Sample['is'], name: string, labels: Labels): Held {
    const key = JSON.stringify([
      name,
      ...Object.entries(labels)
        .sort(([a], [b]) => (a < b ? -1 : 1))
        .flat(),
    ]);
    let held = this.held.get(key);
    if (!held) this.held.set(key, (held = { name, labels, is, value: 0, sum: 0, max: 0 }));
    return held;
  }
}
