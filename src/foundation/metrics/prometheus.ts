import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';
import { catalogue, type CounterName, type GaugeName, type HistogramName, type Metric } from './catalogue.js';
import type { Labels, Meter } from './meter.js';

/** One number that Prometheus would read. */
export interface Sample {
  /** The metric's name; of a histogram with `_bucket`, `_sum` or `_count`. */
  readonly name: string;
  readonly labels: Readonly<Record<string, string | number>>;
  readonly value: number;
}

type Collector = Counter | Gauge | Histogram;

/** The meter of the product: keeps the numbers of the catalogue, and writes them down as Prometheus reads them. */
export class PrometheusMeter implements Meter {
  private readonly registry = new Registry();
  private readonly collectors = new Map<string, Collector>();
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
    (this.collectors.get(name) as Histogram).observe(labels, value);
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
    const described = { name, help: metric.help, labelNames: [...metric.labels], registers: [this.registry] };
    if (metric.is === 'counter') return new Counter(described);
    if (metric.is === 'histogram') return new Histogram({ ...described, buckets: [...metric.buckets] });
    const read = (gauge: Gauge): void => this.read(name as GaugeName, gauge);
    return new Gauge({
      ...described,
      collect() {
        read(this);
      },
    });
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
