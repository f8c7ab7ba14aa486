import 'graphiql/setup-workers/vite';
import 'graphiql/style.css';
import { createRoot } from 'react-dom/client';
import { bearer } from './authorization.js';
import { defaultTabs } from './default-tabs.js';
import { Explorer } from './explorer.js';
import { findFirstRuntimeGroup } from './first-runtime-group.js';
import { openSession } from './session.js';

const session = await openSession();
const endpoint = new URL(session.endpoint, location.href);
const authorization = bearer(session.token);
const runtimeGroupId =
  authorization === undefined ? null : await findFirstRuntimeGroup(endpoint, authorization);

createRoot(document.querySelector('#graphiql') ?? document.body).render(
  <Explorer endpoint={endpoint} authorization={authorization} tabs={defaultTabs(runtimeGroupId)} />,
);
