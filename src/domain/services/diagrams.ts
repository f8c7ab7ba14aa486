import { approvalNeeds } from './approvals/approval-needs.js';
import { canaryMachine, stageMachine, stateMachine, type Machine } from './transitions.js';

type AnyMachine = Machine<string, string>;

/** The state machines by the names that documents call them by. */
const machines: Readonly<Record<string, AnyMachine>> = {
  state: stateMachine,
  stage: stageMachine,
  canary: canaryMachine,
};

/** The document with every diagram and table in it as the code has them: between its marks, by its name. */
export function withDiagrams(document: string): string {
  return document.replaceAll(
    /<!-- (machine|table): (\w+) -->[^]*?<!-- end -->/g,
    (_, sort: string, name: string) =>
      `<!-- ${sort}: ${name} -->\n\n${sort === 'table' ? needsTable() : drawn(name)}\n\n<!-- end -->`,
  );
}

/** Which writes need approvals. */
function needsTable(): string {
  const when = { ALWAYS: 'always', IF_LIVE_CHANGES: 'if a gateway entity changes', NEVER: 'never' };
  const rows = Object.values(approvalNeeds).map(
    ({ mutation, need, why }) =>
      `| ${mutation ? `\`${mutation}\`` : 'what registries find'} | ${when[need]} | ${why} |`,
  );
  return ['| write | needs approvals | because |', '| --- | --- | --- |', ...rows].join('\n');
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
