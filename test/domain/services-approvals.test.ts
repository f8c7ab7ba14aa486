import pg from 'pg';
import { expectRefused, makeClient, problemsOf, type Client, type Variables } from '../kit/client.js';
import { startControlPlane, type TestControlPlane } from '../kit/control-plane.js';
import { unique, type Group } from '../kit/seed.js';

let plane: TestControlPlane;
/** Publishes, and may say yes to others. Their tokens were all made by the administrator, who is nobody of them. */
let ada: Client & { readonly id: string };
let bob: Client & { readonly id: string };
let eve: Client & { readonly id: string };
let group: Group;
beforeAll(async () => {
  plane = await startControlPlane();
  const somebody = () => plane.seed.token({ role: 'ADMIN' });
  [ada, bob, eve] = [await somebody(), await somebody(), await somebody()];
});
beforeEach(async () => {
  group = await aGroup(2);
});
afterAll(() => plane.stop());

async function aGroup(required: number): Promise<Group> {
  return (await plane.seed.group({ approvalPolicy: { required } })).group;
}

const setPolicy = (id: string, required: number, expiresAfterSeconds = 3_600) =>
  plane.admin.mutate('updateRuntimeGroup', { id, approvalPolicy: { required, expiresAfterSeconds } });

async function aService(path = '/pets'): Promise<{ readonly id: string; readonly name: string }> {
  const template = { routes: [{ name: 'pets', paths: [path] }] };
  const input = { name: unique('pets'), releasePolicy: 'ONE_LIVE', template };
  const asked = 'service { id name }';
  return (await ada.mutate<{ service: { id: string; name: string } }>('createService', input, asked)).service;
}

/** The publication of a new service into groups. */
async function aPublication(groups: readonly Group[] = [group]): Promise<Variables> {
  return publicationOf((await aService()).id, '1.0.0', groups);
}

function publicationOf(serviceId: string, number: string, groups: readonly Group[] = [group]): Variables {
  const runtimeConfiguration = { target: { address: { url: 'http://pets.internal' } } };
  const publications = [{ serviceId, number, runtimeConfiguration }];
  return { publications, runtimeGroupIds: groups.map(({ id }) => id) };
}

interface Request {
  readonly id: string;
  readonly state: string;
  readonly required: number;
  readonly given: number;
  readonly planToken: string;
}

const shown = 'id state required given planToken';

/** Asks for approvals of a write, and gives the requests. */
async function ask(by: Client, mutation: string, input: Variables): Promise<Request[]> {
  const asked = await by.mutate<{ approvalRequests: Request[] }>(
    ...([mutation, { ...input, requestApproval: true }, `approvalRequests { ${shown} }`] as const),
  );
  return asked.approvalRequests;
}

const askToPublish = async (input: Variables, by: Client = ada): Promise<Request> =>
  (await ask(by, 'publishServiceVersion', input))[0] as Request;

const approve = (by: Client, { id }: { readonly id: string }, comment?: string) =>
  by.attempt('approveRequest', { id, comment }, `approvalRequest { ${shown} }`);

async function approved(by: Client, request: { readonly id: string }): Promise<Request> {
  const answer = await by.mutate<{ approvalRequest: Request }>(
    ...(['approveRequest', { id: request.id }, `approvalRequest { ${shown} }`] as const),
  );
  return answer.approvalRequest;
}

const publish = (input: Variables, by: Client = ada) =>
  by.attempt('publishServiceVersion', input, 'serviceVersions { number stage }');

const published = (input: Variables, by: Client = ada) =>
  by.mutate<{ serviceVersions: { number: string; stage: string }[]; revision: number }>(
    ...(['publishServiceVersion', input, 'serviceVersions { number stage }'] as const),
  );

async function stateOf(id: string, by: Client = ada): Promise<string | undefined> {
  const query = 'query ($id: ID!) { approvalRequest(id: $id) { state } }';
  return (await by.gql<{ approvalRequest: { state: string } | null }>(query, { id })).approvalRequest?.state;
}

const revisionOf = async ({ id }: Group): Promise<number> => {
  const query = 'query ($id: ID!) { runtimeGroup(id: $id) { revision } }';
  return (await ada.gql<{ runtimeGroup: { revision: number } }>(query, { id })).runtimeGroup.revision;
};

describe('a group that asks for two approvals', () => {
  it('tells the whole story of a publication: refused, asked for, approved by two others, done once', async () => {
    const input = { ...(await aPublication()), reason: 'the shop opens' };
    const refusal = await expectRefused(publish(input), 'APPROVALS_MISSING');
    expect(refusal.message).toContain(
      '0 are given, 2 are missing. Ask with the same write and requestApproval',
    );
    expect(await revisionOf(group)).toBe(0);

    const request = await askToPublish(input);
    expect(request).toMatchObject({ state: 'PENDING', required: 2, given: 0 });
    expect(await revisionOf(group)).toBe(0);
    await expectRefused(publish(input), 'APPROVALS_MISSING');

    expect(await approved(bob, request)).toMatchObject({ state: 'PENDING', given: 1 });
    const missing = await expectRefused(publish(input), 'APPROVALS_MISSING');
    expect(missing.message).toContain(`1 are given, 1 are missing. The request ${request.id} waits`);
    expect(await approved(eve, request)).toMatchObject({ state: 'APPROVED', given: 2 });

    const done = await published({ ...input, planToken: request.planToken });
    expect(done).toMatchObject({ serviceVersions: [{ number: '1.0.0', stage: 'LIVE' }], revision: 1 });
    expect(await stateOf(request.id)).toBe('SPENT');
  });

  it('shows approvers what would be done, by whom it is asked, and why', async () => {
    const { id, name } = await aService();
    const request = await askToPublish({ ...publicationOf(id, '2.0.0'), reason: 'the shop opens' });
    await approve(bob, request, 'looks good');
    const query = `query ($id: ID!) { node(id: $id) { ... on ApprovalRequest {
      command reason requestedBy runtimeGroup { id } transitions { subject transition number service { name } }
      changes { kind collection operation after } decisions { actor verdict comment isRevoked } expiresAt createdAt } } }`;
    const { node } = await eve.gql<{ node: { expiresAt: string; createdAt: string } }>(query, {
      id: request.id,
    });
    expect(node).toMatchObject({
      ...{ command: 'services.publish', reason: 'the shop opens', requestedBy: await nameOf(ada) },
      runtimeGroup: { id: group.id },
      transitions: [
        { subject: 'RUNTIME_CONFIGURATION', transition: 'created', number: null, service: { name } },
        { subject: 'SERVICE_VERSION', transition: 'published', number: '2.0.0', service: { name } },
      ],
      changes: [
        { kind: 'gateway_service', collection: 'services', operation: 'CREATED', after: { name } },
        { kind: 'route', operation: 'CREATED', after: { paths: ['/pets'] } },
      ],
      decisions: [{ actor: await nameOf(bob), verdict: 'APPROVED', comment: 'looks good', isRevoked: false }],
    });
    expect(Date.parse(node.expiresAt) - Date.parse(node.createdAt)).toBe(86_400_000);
  });

  it('says in a plan how many approvals are needed, and shows it to whoever has none', async () => {
    const input = { ...(await aPublication()), dryRun: true };
    const asked = 'plan { token groups { approval { required missing request { id } } } }';
    const plan = async () => (await ada.mutate<{ plan: object }>('publishServiceVersion', input, asked)).plan;
    const none = { required: 2, missing: 2, request: null };
    expect(await plan()).toMatchObject({ groups: [{ approval: none }] });
    const request = await askToPublish({ ...input, dryRun: false });
    await approved(bob, request);
    const some = { required: 2, missing: 1, request: { id: request.id } };
    expect(await plan()).toMatchObject({ token: request.planToken, groups: [{ approval: some }] });
  });

  it('is asked once for one plan: whoever asks again finds the request', async () => {
    const input = await aPublication();
    const first = await askToPublish(input);
    expect(await askToPublish(input, bob)).toEqual(first);
    expect(await askToPublish({ ...input, idempotencyKey: unique('key') })).toEqual(first);
  });

  it('asks nobody on a dry run', async () => {
    const input = { ...(await aPublication()), requestApproval: true, dryRun: true };
    const asked = 'plan { token } approvalRequests { id }';
    const answer = await ada.mutate<{ plan: { token: string } }>('publishServiceVersion', input, asked);
    expect(answer).toMatchObject({ approvalRequests: [], plan: { token: expect.any(String) as string } });
    const query =
      'query ($id: ID!) { approvalRequests(filter: { runtimeGroupId: { eq: $id } }) { totalCount } }';
    expect(await ada.gql(query, { id: group.id })).toEqual({ approvalRequests: { totalCount: 0 } });
  });

  it('refuses to be asked where nobody needs to be', async () => {
    const free = await aGroup(0);
    const input = { ...(await aPublication([free])), requestApproval: true };
    await expectRefused(ada.attempt('publishServiceVersion', input), 'APPROVAL_NOT_NEEDED');
  });
});

async function nameOf({ id }: { readonly id: string }): Promise<string> {
  const query = 'query ($id: ID!) { node(id: $id) { ... on AccessToken { name } } }';
  return (await plane.admin.gql<{ node: { name: string } }>(query, { id })).node.name;
}

describe('approvals are good', () => {
  it('for one write only', async () => {
    const { id } = await aService();
    const first = await approvedFor(publicationOf(id, '1'));
    await published(publicationOf(id, '1'));
    await expectRefused(approve(eve, first), 'APPROVAL_REQUEST_CLOSED');
    await approvedFor(publicationOf(id, '2'));
    await published(publicationOf(id, '2'));
    // What would do what was done before is another plan, as it does it to something else.
    const refusal = await expectRefused(rollBack(id, '1'), 'APPROVALS_MISSING');
    expect(refusal.message).toContain('0 are given');
  });

  it('for exactly their plan, and not for another number, template or target', async () => {
    const { id } = await aService();
    const { planToken } = await approvedFor(publicationOf(id, '1'));
    await expectRefused(publish(publicationOf(id, '1.0')), 'APPROVALS_MISSING');
    await expectRefused(publish({ ...publicationOf(id, '1.0'), planToken }), 'PLAN_STALE');
    const implementation = { routes: [{ name: 'pets', paths: ['/animals'] }] };
    await ada.mutate('updateServiceTemplate', { serviceId: id, implementation });
    await expectRefused(publish(publicationOf(id, '1')), 'APPROVALS_MISSING');
    await expectRefused(publish({ ...publicationOf(id, '1'), planToken }), 'PLAN_STALE');
  });

  it('until something that they are about is changed', async () => {
    await setPolicy(group.id, 0);
    const { id } = await aService();
    await published(publicationOf(id, '1'));
    await setPolicy(group.id, 2);
    const { id: requestId, planToken } = await approvedFor(publicationOf(id, '2'));
    const unrelated = await plane.seed.route(group);
    expect(unrelated.name).toBeDefined();
    expect(await stateOf(requestId)).toBe('APPROVED');
    await setPolicy(group.id, 0);
    const configuration = await configurationOf(id);
    await ada.mutate('updateRuntimeConfiguration', { id: configuration, hosts: ['pets.example'] });
    await setPolicy(group.id, 2);
    expect(await stateOf(requestId)).toBe('STALE');
    await expectRefused(approve(eve, { id: requestId }), 'APPROVAL_REQUEST_CLOSED');
    const input = publicationOf(id, '2');
    await expectRefused(publish({ ...input, planToken }), 'PLAN_STALE');
    // Not even if it is brought back to what it was.
    await setPolicy(group.id, 0);
    await ada.mutate('updateRuntimeConfiguration', { id: configuration, hosts: [] });
    await setPolicy(group.id, 2);
    const refusal = await expectRefused(publish({ ...input, planToken }), 'APPROVALS_MISSING');
    expect(refusal.message).toContain('is stale');
    expect((await askToPublish(input)).id).not.toBe(requestId);
  });

  it('until they expire', async () => {
    const input = await aPublication();
    const request = await approvedFor(input);
    await passTheTimeOf(request);
    expect(await stateOf(request.id)).toBe('EXPIRED');
    await expectRefused(approve(eve, request), 'APPROVAL_REQUEST_CLOSED');
    const refusal = await expectRefused(publish(input), 'APPROVALS_MISSING');
    expect(refusal.message).toContain('has expired');
    expect((await askToPublish(input)).id).not.toBe(request.id);
  });
});

/** Asks for approvals of a publication, and has the two others approve it. */
async function approvedFor(input: Variables): Promise<Request> {
  const request = await askToPublish(input);
  await approved(bob, request);
  return approved(eve, request);
}

/** No caller can have it later than it is. */
async function passTheTimeOf({ id }: Request): Promise<void> {
  const client = new pg.Client({ connectionString: plane.databaseUrl });
  await client.connect();
  await client.query('update approval_request set expires_at = clock_timestamp() where id = $1', [id]);
  await client.end();
}

const rollBack = (serviceId: string, number: string, more: Variables = {}) =>
  ada.attempt('rollbackService', { serviceId, runtimeGroupId: group.id, number, ...more });

async function configurationOf(serviceId: string): Promise<string> {
  const query = `query ($id: ID!) { service(id: $id) { versions { nodes { runtimeConfiguration { id } } } } }`;
  const { service } = await ada.gql<{
    service: { versions: { nodes: { runtimeConfiguration: { id: string } }[] } };
  }>(query, { id: serviceId });
  return service.versions.nodes[0]?.runtimeConfiguration.id ?? '';
}

describe('nobody approves for themselves:', () => {
  it('not who asked', async () => {
    const request = await askToPublish(await aPublication());
    await expectRefused(approve(ada, request), 'APPROVAL_BY_REQUESTER');
  });

  it('not by another token of the same name, or one made with the other, at any remove', async () => {
    const request = await askToPublish(await aPublication());
    const name = (await nameOf(ada)).toUpperCase();
    await expectRefused(
      approve(await plane.seed.token({ role: 'ADMIN', name }), request),
      'APPROVAL_BY_REQUESTER',
    );
    const child = await tokenMadeBy(ada);
    await expectRefused(approve(child, request), 'APPROVAL_BY_REQUESTER');
    await expectRefused(approve(await tokenMadeBy(child), request), 'APPROVAL_BY_REQUESTER');
    await expectRefused(approve(plane.admin, request), 'APPROVAL_BY_REQUESTER');
    expect(await stateOf(request.id)).toBe('PENDING');
  });

  it('and everybody counts once', async () => {
    const request = await askToPublish(await aPublication());
    await approved(bob, request);
    await expectRefused(approve(bob, request), 'APPROVAL_REPEATED');
    await expectRefused(approve(await tokenMadeBy(bob), request), 'APPROVAL_REPEATED');
    expect(await approved(eve, request)).toMatchObject({ state: 'APPROVED', given: 2 });
  });

  it('and what is approved by a token counts until that is revoked', async () => {
    const input = await aPublication();
    const request = await askToPublish(input);
    const carol = await plane.seed.token({ role: 'ADMIN' });
    await approved(bob, request);
    expect(await approved(carol, request)).toMatchObject({ state: 'APPROVED' });
    await plane.admin.mutate('revokeAccessToken', { id: carol.id });
    expect(await stateOf(request.id)).toBe('PENDING');
    await expectRefused(publish(input), 'APPROVALS_MISSING');
    const again = await plane.seed.token({ role: 'ADMIN', name: await nameOf(carol) });
    expect(await approved(again, request)).toMatchObject({ state: 'APPROVED' });
    await published(input);
  });

  it('and nobody without the right, or without a right in the group', async () => {
    const request = await askToPublish(await aPublication());
    await expectRefused(approve(await plane.seed.viewer(), request), 'ACTION_DENIED');
    const elsewhere = await plane.seed.token({ role: 'ADMIN', runtimeGroupId: (await aGroup(0)).id });
    await expectRefused(approve(elsewhere, request), 'APPROVAL_REQUEST_NOT_FOUND');
    expect(await stateOf(request.id, elsewhere)).toBeUndefined();
    const here = await plane.seed.token({ role: 'ADMIN', runtimeGroupId: group.id });
    expect(await approved(here, request)).toMatchObject({ given: 1 });
    const other = await plane.seed.organization();
    await expectRefused(approve(other.admin, request), 'APPROVAL_REQUEST_NOT_FOUND');
  });
});

async function tokenMadeBy(maker: Client): Promise<Client> {
  const input = { name: unique('token'), role: 'ADMIN' };
  const { secret } = await maker.mutate<{ secret: string }>('createAccessToken', input, 'secret');
  return makeClient(maker.origin, secret);
}

describe('a request ends', () => {
  it('when somebody says no, also whoever asked', async () => {
    const input = await aPublication();
    for (const by of [bob, ada]) {
      const request = await askToPublish(input);
      const rejected = await by.mutate(
        ...(['rejectRequest', { id: request.id, comment: 'not now' }, 'approvalRequest { state }'] as const),
      );
      expect(rejected).toMatchObject({ approvalRequest: { state: 'REJECTED' } });
      await expectRefused(approve(eve, request), 'APPROVAL_REQUEST_CLOSED');
      await expectRefused(by.attempt('rejectRequest', { id: request.id }), 'APPROVAL_REQUEST_CLOSED');
      expect((await expectRefused(publish(input), 'APPROVALS_MISSING')).message).toContain('was rejected');
    }
  });

  it('with its group', async () => {
    const request = await askToPublish(await aPublication());
    await plane.admin.mutate('deleteRuntimeGroup', { id: group.id });
    expect(await stateOf(request.id)).toBeUndefined();
    await expectRefused(approve(bob, request), 'APPROVAL_REQUEST_NOT_FOUND');
  });
});

describe('the policy of a group', () => {
  it('counts as it is when the write is done: more approvals, fewer, none', async () => {
    const input = await aPublication();
    const request = await askToPublish(input);
    await approved(bob, request);
    await setPolicy(group.id, 1);
    expect(await stateOf(request.id)).toBe('APPROVED');
    await setPolicy(group.id, 3);
    expect(await stateOf(request.id)).toBe('PENDING');
    await approved(eve, request);
    await expectRefused(publish(input), 'APPROVALS_MISSING');
    await setPolicy(group.id, 0);
    await published(input);
  });

  it('is refused if nobody could mean it', async () => {
    for (const wrong of [{ required: -1 }, { required: 21 }, { required: 1, expiresAfterSeconds: 59 }]) {
      const input = { id: group.id, approvalPolicy: wrong };
      await expectRefused(plane.admin.attempt('updateRuntimeGroup', input), 'APPROVAL_POLICY_INVALID');
    }
    const query =
      'query ($id: ID!) { runtimeGroup(id: $id) { approvalPolicy { required expiresAfterSeconds } } }';
    const approvalPolicy = { required: 2, expiresAfterSeconds: 86_400 };
    expect(await ada.gql(query, { id: group.id })).toEqual({ runtimeGroup: { approvalPolicy } });
  });

  it('is that of each group, where a publication goes to several; what one refuses is done in none', async () => {
    const [free, one] = [await aGroup(0), await aGroup(1)];
    const input = await aPublication([free, one, group]);
    const refusal = await expectRefused(publish(input), 'APPROVALS_MISSING');
    expect(refusal.path).toEqual(['runtimeGroupIds', '1']);
    expect(await revisionOf(free)).toBe(0);
    const requests = await ask(ada, 'publishServiceVersion', input);
    expect(requests.map(({ required }) => required)).toEqual([1, 2]);
    for (const request of requests) await approved(bob, request);
    await expectRefused(publish(input), 'APPROVALS_MISSING');
    expect(await revisionOf(free)).toBe(0);
    await approved(eve, requests[1] as Request);
    expect((await published(input)).serviceVersions).toHaveLength(3);
    expect(await Promise.all([free, one, group].map(revisionOf))).toEqual([1, 1, 1]);
    for (const { id } of requests) expect(await stateOf(id)).toBe('SPENT');
  });

  it('is about what requests are answered with, and not about what readers are told', async () => {
    const { id } = await aService();
    await approvedFor(publicationOf(id, '1'));
    await published(publicationOf(id, '1'));
    const version = await liveVersionOf(id);
    const target = { address: { url: 'http://next.internal' } };
    const configuration = await configurationOf(id);
    const needing: [string, Variables][] = [
      ['updateRuntimeConfiguration', { id: configuration, target }],
      ['startCanary', { serviceVersionId: version, target, weight: 10 }],
      ['deleteServiceVersion', { id: version, force: true }],
    ];
    for (const [mutation, input] of needing) {
      await expectRefused(ada.attempt(mutation, input), 'APPROVALS_MISSING');
      const [request] = await ask(ada, mutation, input);
      expect(request).toMatchObject({ state: 'PENDING' });
    }
    for (const mutation of [
      'deprecateServiceVersion',
      'unpublishServiceVersion',
      'republishServiceVersion',
    ]) {
      await ada.mutate(mutation, { id: version });
    }
    await ada.mutate('updateServiceVersion', { id: version, notes: 'as it is' });
    const [canary] = await ask(ada, ...(needing[1] as [string, Variables]));
    for (const by of [bob, eve]) await approved(by, canary as Request);
    await ada.mutate(...(needing[1] as [string, Variables]));
    await ada.mutate('shiftCanary', { serviceVersionId: version, weight: 50 });
    await expectRefused(ada.attempt('promoteCanary', { serviceVersionId: version }), 'APPROVALS_MISSING');
    await ada.mutate('abortCanary', { serviceVersionId: version });
  });

  it('holds for promotions and rollbacks, too', async () => {
    const { group: from } = await plane.seed.group();
    const { id } = await aService();
    await published(publicationOf(id, '1', [from]));
    const promotion = {
      serviceVersionId: await liveVersionOf(id),
      runtimeGroupIds: [group.id],
      runtimeConfiguration: { target: { address: { url: 'http://pets.internal' } } },
    };
    await expectRefused(ada.attempt('promoteServiceVersion', promotion), 'APPROVALS_MISSING');
    const [request] = await ask(ada, 'promoteServiceVersion', promotion);
    for (const by of [bob, eve]) await approved(by, request as Request);
    await ada.mutate('promoteServiceVersion', promotion);
    await approvedFor(publicationOf(id, '2'));
    await published(publicationOf(id, '2'));
    await expectRefused(rollBack(id, '1'), 'APPROVALS_MISSING');
    const [back] = await ask(ada, 'rollbackService', {
      ...{ serviceId: id, runtimeGroupId: group.id, number: '1' },
    });
    for (const by of [bob, eve]) await approved(by, back as Request);
    await ada.mutate('rollbackService', { serviceId: id, runtimeGroupId: group.id, number: '1' });
  });
});

async function liveVersionOf(serviceId: string): Promise<string> {
  const query = `query ($id: ID!) { service(id: $id) { versions(filter: { stage: { eq: LIVE } }) { nodes { id } } } }`;
  const { service } = await ada.gql<{ service: { versions: { nodes: { id: string }[] } } }>(query, {
    id: serviceId,
  });
  return service.versions.nodes[0]?.id ?? '';
}

describe('at the same time', () => {
  it('approvals of two count both, and of one the second is refused', async () => {
    const request = await askToPublish(await aPublication());
    await Promise.all([approved(bob, request), approved(eve, request)]);
    expect(await stateOf(request.id)).toBe('APPROVED');
    const carol = await plane.seed.token({ role: 'ADMIN' });
    const answers = await Promise.all([1, 2, 3].map(() => approve(carol, request)));
    const accepted = answers.filter((answer) => problemsOf(answer).length === 0);
    expect(accepted).toHaveLength(1);
  });

  it('the same write is done once', async () => {
    const input = await aPublication();
    const { planToken } = await approvedFor(input);
    const answers = await Promise.all([1, 2, 3].map(() => publish({ ...input, planToken })));
    const done = answers.filter((answer) => problemsOf(answer).length === 0);
    expect(done).toHaveLength(1);
    expect(await revisionOf(group)).toBe(1);
  });

  it('a retry with the same idempotency key finds what was done, and needs no more approvals', async () => {
    const input = { ...(await aPublication()), idempotencyKey: unique('key') };
    await approvedFor(input);
    const { revision } = await published(input);
    expect((await published(input)).revision).toBe(revision);
  });
});

it('requests are listed by state and group, for whoever may see the group', async () => {
  const [pending, approvedOne] = [
    await askToPublish(await aPublication()),
    await approvedFor(await aPublication()),
  ];
  const query = `query ($group: ID!, $state: ApprovalState!) {
    approvalRequests(filter: { runtimeGroupId: { eq: $group }, state: { eq: $state } }) { nodes { id } totalCount } }`;
  const listed = async (state: string, by: Client = ada): Promise<string[]> => {
    const { approvalRequests } = await by.gql<{ approvalRequests: { nodes: { id: string }[] } }>(query, {
      ...{ group: group.id, state },
    });
    return approvalRequests.nodes.map(({ id }) => id);
  };
  expect(await listed('PENDING')).toEqual([pending.id]);
  expect(await listed('APPROVED', await plane.seed.viewer(group))).toEqual([approvedOne.id]);
  expect(await listed('PENDING', await plane.seed.viewer((await plane.seed.group()).group))).toEqual([]);
});
