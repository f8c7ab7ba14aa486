import { PrometheusMeter } from './prometheus.js';

const latency = 'signalbox_delivery_latency_seconds';
const sent = 'signalbox_socket_sent_bytes_total';

describe('the meter', () => {
  it('counts values up to each bound, the bound included, for each label by itself', async () => {
    const meter = new PrometheusMeter();
    const observe = meter.observing(latency, { topic: 'config' });
    for (const value of [0, 0.001, 0.0011, 10, 11]) observe(value);
    meter.observe(latency, 1, { topic: 'status' });
    const samples = await meter.samples();
    const of = (name: string, topic: string, le?: number | string): number | undefined =>
      samples.find(
        ({ name: other, labels }) => other === name && labels['topic'] === topic && labels['le'] === le,
      )?.value;
    const bounds = [0.001, 0.0025, 5, 10, '+Inf'];
    expect(bounds.map((le) => of(`${latency}_bucket`, 'config', le))).toEqual([2, 3, 3, 4, 5]);
    expect(of(`${latency}_count`, 'config')).toBe(5);
    expect(of(`${latency}_sum`, 'config')).toBeCloseTo(21.0021);
    expect(of(`${latency}_count`, 'status')).toBe(1);
  });

  it('writes a histogram as Prometheus reads it', async () => {
    const meter = new PrometheusMeter();
    meter.observe(latency, 0.5, { topic: 'a "quoted" one' });
    const lines = (await meter.text()).split('\n').filter((line) => line.includes(latency));
    expect(lines.slice(0, 2)).toEqual([
      `# HELP ${latency} From a commit, by the database's clock, until its revision is told to a watcher who was waiting.`,
      `# TYPE ${latency} histogram`,
    ]);
    expect(lines).toContain(`${latency}_bucket{topic="a \\"quoted\\" one",le="0.25"} 0`);
    expect(lines).toContain(`${latency}_bucket{topic="a \\"quoted\\" one",le="+Inf"} 1`);
    expect(lines).toContain(`${latency}_count{topic="a \\"quoted\\" one"} 1`);
  });

  it('counts each thing once, whichever way it is told, and however often it is looked at', async () => {
    const meter = new PrometheusMeter();
    const [one, other] = [meter.counting(sent), meter.counting(sent)];
    one(3);
    other(4);
    meter.count(sent, {}, 5);
    for (const expected of [12, 12]) {
      expect((await meter.samples()).find(({ name }) => name === sent)?.value).toBe(expected);
    }
    one(1);
    expect((await meter.samples()).find(({ name }) => name === sent)?.value).toBe(13);
  });
});
