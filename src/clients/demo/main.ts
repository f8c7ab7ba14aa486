import { fileURLToPath } from 'node:url';
import { main } from '../cli/main.js';

// `npm run demo`: the same as `signalbox demo`.
const root = fileURLToPath(new URL('../../../..', import.meta.url));
process.exit(await main(['node', 'signalbox', 'demo', ...process.argv.slice(2)], root));
