import type { Event } from '../kernel/events.ts';
import type { Owner } from '../kernel/owner.ts';

/**
 * Combines events before they are sent: those of one type that carry a list become one, at the position of the first; events with an empty list are
 * dropped.
 */
export function joinEvents(events: readonly Event[]): readonly Event[] {
  const joined = new Map<string, Event>();
  for (const [index, event] of events.entries()) {
    const key = isList(event) ? event.type : String(index);
    joined.set(key, join(joined.get(key) ?? event, event));
  }
  return [...joined.values()].filter((event) => !isEmpty(event));
}

type ListEvent = Extract<
  Event,
  { readonly owners: unknown } | { readonly accountIds: unknown } | { readonly entryIds: unknown }
>;

function isList(event: Event): event is ListEvent {
  return 'owners' in event || 'accountIds' in event || 'entryIds' in event;
}

function isEmpty(event: Event): boolean {
  return isList(event) && itemsOf(event).length === 0;
}

function itemsOf(event: ListEvent): readonly unknown[] {
  if ('owners' in event) return event.owners;
  return 'accountIds' in event ? event.accountIds : event.entryIds;
}

/** Combines two events of one type. */
function join(one: Event, other: Event): Event {
  if ('owners' in one && 'owners' in other) return { ...one, owners: distinctOwners([...one.owners, ...other.owners]) };
  if ('accountIds' in one && 'accountIds' in other)
    return { ...one, accountIds: distinct([...one.accountIds, ...other.accountIds]) };
  if ('entryIds' in one && 'entryIds' in other)
    return { ...one, entryIds: distinct([...one.entryIds, ...other.entryIds]) };
  return other;
}

function distinct(ids: readonly number[]): readonly number[] {
  return [...new Set(ids)];
}

function distinctOwners(owners: readonly Owner[]): readonly Owner[] {
  return [...new Map(owners.map((owner) => [`${owner.type} ${owner.id}`, owner])).values()];
}
