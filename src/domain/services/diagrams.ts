import { canaryMachine, stageMachine, stateMachine, type Machine } from './transitions.js';

type AnyMachine = Machine<string, string>;

/** The state machines by the names that documents call them by. */
const machines: Readonly<Record<string, AnyMachine>> = {
  state: stateMachine,
  stage: stageMachine,
  canary: canaryMachine,
};

/** The document with every diagram in it as the tables of transitions say: between its marks, by its name. */
export function withDiagrams(document: string): string {
  return document.replaceAll(
    /<!-- machine: (\w+) -->[^]*?<!-- end -->/g,
    (_, name: string) => `<!-- machine: ${name} -->\n\n${drawn(name)}\n\n<!-- end -->`,
  );
}

function drawn(name: string): string {
  const machine = machines[name];
  if (!machine) throw new Error(`There is no state machine with the name ${name}.`);
  return `${diagramOf(machine)}\n\n${refusalsOf(machine)}`;
}

/** The steps that lead somewhere, in the language of Mermaid. The first state of the table is where everything begins. */
function diagramOf(machine: AnyMachine): string {
  const [first] = Object.values(machine).flatMap((row) => Object.keys(row));
  const steps = cellsOf(machine).flatMap(({ step, from, next }) =>
    'to' in next ? [`  ${from} --> ${next.to}: ${step}`] : [],
  );
  return ['```mermaid', 'stateDiagram-v2', `  [*] --> ${first}`, ...steps, '```'].join('\n');
}

/** The steps that are refused, and why. */
function refusalsOf(machine: AnyMachine): string {
  const rows = cellsOf(machine).flatMap(({ step, from, next }) =>
    'why' in next ? [`| \`${step}\` | \`${from}\` | ${next.why} |`] : [],
  );
  return ['| refused | when | because |', '| --- | --- | --- |', ...rows].join('\n');
}

function cellsOf(machine: AnyMachine) {
  return Object.entries(machine).flatMap(([step, row]) =>
    Object.entries(row).map(([from, next]) => ({ step, from, next })),
  );
}
