import 'reflect-metadata';
import { readFile, writeFile } from 'node:fs/promises';
import { withDiagrams } from '../domain/services/slice.js';
import { withMetrics } from '../foundation/metrics/table.js';

/** Writes into documents what the code has: the state machines, and the metrics. */
const written = { 'docs/lifecycle.md': withDiagrams, 'docs/operations.md': withMetrics };

for (const [file, rewrite] of Object.entries(written))
  await writeFile(file, rewrite(await readFile(file, 'utf8')));
