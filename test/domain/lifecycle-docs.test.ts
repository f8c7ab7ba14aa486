import { readFile } from 'node:fs/promises';
import { withDiagrams } from '../../src/domain/services/slice.js';
import { problemsOf, type Client, type Variables } from '../kit/client.js';
import { startControlPlane, type TestControlPlane } from '../kit/control-plane.js';

let plane: TestControlPlane;
let ada: Client;
let bob: Client;
let text: string;
beforeAll(async () => {
  plane = await startControlPlane();
  ada = await plane.seed.token({ role: 'ADMIN' });
  bob = await plane.seed.token({ role: 'ADMIN' });
  text = await readFile('docs/lifecycle.md', 'utf8');
});
afterAll(() => plane.stop());

/** What an operation of the page answers, and later ones need. */
interface Told {
  readonly createService?: { readonly service: { readonly id: string } };
  readonly publishServiceVersion?: {
    readonly serviceVersion?: { readonly id: string };
    readonly approvalRequests?: readonly { readonly id: string }[];
  };
  readonly promoteServiceVersion?: { readonly plan?: { readonly token: string } };
  readonly rollbackService?: { readonly serviceVersion: { readonly id: string } };
}

describe('docs/lifecycle.md', () => {
  it('draws the state machines as they are', () => {
    expect(text.match(/stateDiagram-v2/g)).toHaveLength(3);
    expect(withDiagrams(text)).toBe(text);
    expect(withDiagrams(text.replace('--> HISTORY', '--> NOWHERE'))).toBe(text);
  });

  it('shows operations that are accepted, one after the other', async () => {
    const operations = [...text.matchAll(/```graphql\n([^]*?)```/g)].map(
      ([, operation]) => operation as string,
    );
    expect(operations.length).toBeGreaterThan(10);
    let known: Variables = {
      development: (await plane.seed.group()).group.id,
      staging: (await plane.seed.group()).group.id,
      production: (await plane.seed.group()).group.id,
    };
    for (const operation of operations) {
      if (operation.startsWith('subscription')) await follow(operation, known);
      else known = { ...known, ...(await run(operation, known)) };
    }
  });
});

/** Runs an operation; gives what it answers for those after it. */
async function run(operation: string, known: Variables): Promise<Variables> {
  // Nobody approves for themselves.
  const by = operation.startsWith('mutation Approve') ? bob : ada;
  const answer = await by.send(operation, asDeclared(operation, known));
  expect([operation, problemsOf(answer)]).toEqual([operation, []]);
  const told = answer.data as unknown as Told;
  const found = {
    service: told.createService?.service.id,
    version: told.publishServiceVersion?.serviceVersion?.id,
    request: told.publishServiceVersion?.approvalRequests?.[0]?.id,
    token: told.promoteServiceVersion?.plan?.token,
    live: told.rollbackService?.serviceVersion.id,
  };
  return Object.fromEntries(Object.entries(found).filter(([, value]) => value !== undefined));
}

/** Opens a stream; what it tells is called as the client of the streams reads it. */
async function follow(operation: string, known: Variables): Promise<void> {
  const socket = await plane.live(plane.admin);
  const query = operation
    .replace('serviceVersions(serviceId', 'message: serviceVersions(serviceId')
    .replace('... on ServiceVersionsSnapshot', '__typename ... on ServiceVersionsSnapshot')
    .replace('parts serviceVersions {', 'parts versions: serviceVersions {');
  const stream = socket.open({ of: 'versions', query, variables: asDeclared(operation, known) });
  expect((await stream.nextOf('snapshot')).items).not.toHaveLength(0);
}

/** Those variables that the operation declares. */
function asDeclared(operation: string, known: Variables): Variables {
  const [declaration = ''] = operation.split('{');
  const names = [...declaration.matchAll(/\$(\w+)/g)].map(([, name]) => name as string);
  return Object.fromEntries(names.map((name) => [name, known[name]]));
}
