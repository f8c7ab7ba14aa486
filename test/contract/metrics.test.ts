import { readFile } from 'node:fs/promises';
import { catalogue, type Metric } from '../../src/foundation/metrics/catalogue.js';
import { withMetrics } from '../../src/foundation/metrics/table.js';

const units = { counter: /_total$/, gauge: /^(?!.*_total$)/, histogram: /_(seconds|bytes|revisions)$/ };

describe('the metrics', () => {
  it('are all in docs/operations.md, with what they tell, and no other', async () => {
    const text = await readFile('docs/operations.md', 'utf8');
    expect(withMetrics(text)).toBe(text);
    expect(withMetrics(text.replace(/^\| `signalbox_sockets`.*\n/m, ''))).toBe(text);
  });

  it.each(Object.entries<Metric>(catalogue))('have names as Prometheus wants them: %s', (name, { is }) => {
    expect(name).toMatch(units[is]);
    expect(name).toMatch(/^signalbox_[a-z_]+$/);
  });
});
