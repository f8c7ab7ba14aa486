import { readFile } from 'node:fs/promises';
import { catalogue, type Metric } from '../../src/foundation/metrics/catalogue.js';

/** The rows of the table of metrics in docs/operations.md: name, sort and labels, and what they tell. */
async function documented(): Promise<string[][]> {
  const text = await readFile('docs/operations.md', 'utf8');
  const rows = text.matchAll(/^\| `(signalbox_\w+)` \| (counter|gauge|histogram) \| (.*) \| (.*) \|$/gm);
  return [...rows].map(([, ...cells]) => cells);
}

function row([name, { is, labels, help }]: [string, Metric]): string[] {
  return [name, is, labels.map((label) => `\`${label}\``).join(', '), help];
}

describe('the metrics', () => {
  it('are all in docs/operations.md, with what they tell, and no other', async () => {
    expect(await documented()).toEqual(Object.entries<Metric>(catalogue).map(row));
  });

  it.each(Object.entries<Metric>(catalogue))('have names as Prometheus wants them: %s', (name, { is }) => {
    const unit = { counter: /_total$/, gauge: /^(?!.*_total$)/, histogram: /_(seconds|bytes)$/ }[is];
    expect(name).toMatch(unit);
    expect(name).toMatch(/^signalbox_[a-z_]+$/);
  });
});
