import { catalogue, type Metric } from './catalogue.js';

/** The document with the table of all metrics in it, between its marks, as the code has them. */
export function withMetrics(document: string): string {
  return document.replace(
    /<!-- metrics -->[^]*?<!-- end -->/,
    () => `<!-- metrics -->\n\n${table()}\n\n<!-- end -->`,
  );
}

function table(): string {
  const rows = Object.entries<Metric>(catalogue).map(
    ([name, { is, labels, help }]) => `| \`${name}\` | ${is} | ${labels.map(code).join(', ')} | ${help} |`,
  );
  return ['| metric | sort | labels | tells |', '| --- | --- | --- | --- |', ...rows].join('\n');
}

function code(text: string): string {
  return `\`${text}\``;
}
