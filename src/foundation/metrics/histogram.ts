import type { Metric } from './catalogue.js';
import type { Labels } from './meter.js';

/** One number of a histogram, as Prometheus' registry takes it. */
interface Value {
  readonly metricName: string;
  readonly labels: Readonly<Record<string, string | number>>;
  readonly value: number;
}

/**
 * A histogram for the registry of `prom-client`. Its own looks the labels up for each value, and checks them, which is much
 * where thousands are told the same at once: here that is done once, and a value costs a few comparisons.
 */
export class Histogram {
  readonly type = 'histogram';
  readonly aggregator = 'sum';
  private readonly series = new Map<string, Series>();

  constructor(
    readonly name: string,
    private readonly metric: Metric & { readonly is: 'histogram' },
  ) {}

  /** The values with these labels. */
  of(labels: Labels): Series {
    const key = JSON.stringify(this.metric.labels.map((name) => labels[name]));
    const known = this.series.get(key) ?? new Series(labels, this.metric.buckets);
    this.series.set(key, known);
    return known;
  }

  async get(): Promise<object> {
    const { name, type, aggregator, metric } = this;
    const values = [...this.series.values()].flatMap((series) => series.values(name));
    return { name, help: metric.help, type, aggregator, values };
  }
}

/** Values in the order of their size: how many there are up to each bound. */
export class Series {
  private readonly counts: number[];
  private sum = 0;

  constructor(
    private readonly labels: Labels,
    private readonly bounds: readonly number[],
  ) {
    this.counts = [...bounds, Infinity].map(() => 0);
  }

  observe(value: number): void {
    let place = 0;
    while (value > (this.bounds[place] ?? Infinity)) place += 1;
    this.counts[place] = (this.counts[place] ?? 0) + 1;
    this.sum += value;
  }

  /** As Prometheus counts: each bound has all that is below it. */
  values(name: string): Value[] {
    const { labels, bounds, counts, sum } = this;
    let count = 0;
    const buckets = counts.map((each, place) => ({
      metricName: `${name}_bucket`,
      labels: { ...labels, le: bounds[place] ?? '+Inf' },
      value: (count += each),
    }));
    return [
      ...buckets,
      { metricName: `${name}_sum`, labels, value: sum },
      { metricName: `${name}_count`, labels, value: count },
    ];
  }
}
