import { collectDefaultMetrics, Counter, Gauge, Registry, type Metric as Registered } from 'prom-client';
import { catalogue, type CounterName, type GaugeName, type HistogramName, type Metric } from './catalogue.js';
import { Histogram } from './histogram.js';
import type { Labels, Meter } from './meter.js';

/** One number that Prometheus would read. */
export interface Sample {
  /** The metric's name; of a histogram with `_bucket`, `_sum` or `_count`. */
  readonly name: string;
  readonly labels: Readonly<Record<string, string | number>>;
  readonly value: number;
}

/** What was counted since the last look. */
interface Tally {
  readonly labels: Labels;
  count: number;
}

type Collector = Counter | Gauge | Histogram;

/** The meter of the product: keeps the numbers of the catalogue, and writes them down as Prometheus reads them. */
export class PrometheusMeter implements Meter {
  private readonly registry = new Registry();
  private readonly collectors = new Map<string, Collector>();
  private readonly tallies = new Map<CounterName, Tally[]>();
  private readonly gauges = new Map<
    GaugeName,
    Map<string, { labels: Labels; read: () => number | undefined }>
  >();

  constructor() {
    for (const [name, metric] of Object.entries(catalogue))
      this.collectors.set(name, this.collector(name, metric));
  }

  count(name: CounterName, labels: Labels = {}, by = 1): void {
    (this.collectors.get(name) as Counter).inc(labels, by);
  }

  observe(name: HistogramName, value: number, labels: Labels = {}): void {
    (this.collectors.get(name) as Histogram).of(labels).observe(value);
  }

  counting(name: CounterName, labels: Labels = {}): (by: number) => void {
    const tally: Tally = { labels, count: 0 };
    this.tallies.set(name, [...(this.tallies.get(name) ?? []), tally]);
    return (by) => void (tally.count += by);
  }

  observing(name: HistogramName, labels: Labels = {}): (value: number) => void {
    const series = (this.collectors.get(name) as Histogram).of(labels);
    return (value) => series.observe(value);
  }

  gauge(name: GaugeName, read: () => number | undefined, labels: Labels = {}): void {
    const series = this.gauges.get(name) ?? new Map<string, never>();
    this.gauges.set(name, series.set(JSON.stringify(labels), { labels, read }));
  }

  /** Adds what the runtime knows of itself: memory, processor, event loop, garbage collection. Once for each process. */
  withRuntime(): this {
    collectDefaultMetrics({ register: this.registry });
    return this;
  }

  /** Everything as of now, in the text format of Prometheus. */
  text(): Promise<string> {
    return this.registry.metrics();
  }

  get contentType(): string {
    return this.registry.contentType;
  }

  /** Everything as of now. */
  async samples(): Promise<Sample[]> {
    const metrics = await this.registry.getMetricsAsJSON();
    return metrics.flatMap(({ name, values }) =>
      (values as readonly { metricName?: string; labels: Sample['labels']; value: number }[]).map(
        ({ metricName = name, labels, value }) => ({ name: metricName, labels, value }),
      ),
    );
  }

  private collector(name: string, metric: Metric): Collector {
    if (metric.is === 'histogram') return this.histogram(name, metric);
    const described = { name, help: metric.help, labelNames: [...metric.labels], registers: [this.registry] };
    const settle = (counter: Counter): void => this.settle(name as CounterName, counter);
    const read = (gauge: Gauge): void => this.read(name as GaugeName, gauge);
    if (metric.is === 'counter') {
      return new Counter({
        ...described,
        collect() {
          settle(this);
        },
      });
    }
    return new Gauge({
      ...described,
      collect() {
        read(this);
      },
    });
  }

  private histogram(name: string, metric: Metric & { readonly is: 'histogram' }): Histogram {
    const histogram = new Histogram(name, metric);
    // The registry asks its metrics for no more than this.
    this.registry.registerMetric(histogram as unknown as Registered);
    return histogram;
  }

  private settle(name: CounterName, counter: Counter): void {
    for (const tally of this.tallies.get(name) ?? []) {
      counter.inc(tally.labels, tally.count);
      tally.count = 0;
    }
  }

  /** What was there at the last look and is not there now has no value any more. */
  private read(name: GaugeName, gauge: Gauge): void {
    gauge.reset();
    for (const { labels, read } of this.gauges.get(name)?.values() ?? []) {
      const value = read();
      if (value !== undefined) gauge.set(labels, value);
    }
  }
}
