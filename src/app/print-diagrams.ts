import 'reflect-metadata';
import { readFile, writeFile } from 'node:fs/promises';
import { withDiagrams } from '../domain/services/slice.js';

/** Draws the state machines in docs/lifecycle.md as the code has them. */
const file = 'docs/lifecycle.md';

await writeFile(file, withDiagrams(await readFile(file, 'utf8')));
