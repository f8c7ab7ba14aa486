import { register } from 'node:module';

// A long run of faults: npm run test:faults -- --minutes 35 --seed 7 (README.md beside this file has all options).

register('../kit/typescript-hooks.mjs', import.meta.url);
const { main } = await import('./run/main.ts');
process.exitCode = await main(process.argv.slice(2));
// Whatever a killed process may have left open must not keep this one.
process.exit();
