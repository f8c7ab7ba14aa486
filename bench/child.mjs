import { register } from 'node:module';

// Runs one of the programs beside the benchmarks in a process of its own: node bench/child.mjs crowd

register('../test/kit/typescript-hooks.mjs', import.meta.url);
await import(`./${process.argv[2]}.ts`);
