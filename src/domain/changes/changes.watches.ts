import type { Watch } from '../../foundation/commands/watch.js';
import { organizationWide } from '../runtime-groups/index.js';
import { seenBy, type ChangeFilter } from './change-filter.js';
import { followFeed, type ChangesMessage, type FeedPorts, type FollowFeed } from './change-feed.js';
import { changesStream } from './changes-stream.js';

export interface FollowChanges extends Pick<FollowFeed, 'after' | 'from'> {
  readonly filter: ChangeFilter;
}

/** Everything that happens in the organization, as far as the actor may see it, in the one order that it has. */
export function followChanges(ports: FeedPorts): Watch<FollowChanges, ChangesMessage> {
  return {
    name: 'changes.follow',
    action: 'changes:read',
    scope: organizationWide,
    open: ({ after, from, filter }, { actor, authorize }) =>
      followFeed(ports, {
        ...{ after, from, authorize },
        stream: changesStream(actor),
        seen: seenBy(actor, filter),
      }),
  };
}
