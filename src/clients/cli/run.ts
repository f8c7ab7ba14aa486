import { fileURLToPath } from 'node:url';
import { main } from './main.js';

// The program `signalbox`, as it was built.
const root = fileURLToPath(new URL('../../../..', import.meta.url));
process.exit(await main(process.argv, root));
