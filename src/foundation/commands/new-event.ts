import type { NewEvent } from './command.js';

/** An event. What it did to its subject follows from what there was before, and what is after. */
export function newEvent(event: Omit<NewEvent, 'operation'>): NewEvent {
  const operation = event.before === null ? 'CREATED' : event.after === null ? 'DELETED' : 'UPDATED';
  return { ...event, operation };
}
