import { say } from '@gatehouse/contract/messages/message';
import { parseDestinations, type DestinationList } from '../../egress/rules.ts';
import { live, SettingError, text } from '../setting.ts';

/** Where the gateway connects. */
export const egress = {
  EGRESS_ALLOW: live({
    fallback: '',
    meaning:
      'Networks and host patterns that Gatehouse may connect to although a default denies them, separated by commas',
    type: text((value) => {
      const list = destinations(value);
      if (list.hasRest) throw new SettingError(say('allow_all_refused'));
      return list;
    }),
  }),
  EGRESS_DENY: live({
    fallback: '',
    meaning:
      'Networks and host patterns that Gatehouse must not connect to; *: everything that EGRESS_ALLOW does not list',
    type: text(destinations),
  }),
};

function destinations(value: string): DestinationList {
  const rules = value
    .split(',')
    .map((rule) => rule.trim())
    .filter((rule) => rule !== '');
  const list = parseDestinations(rules);
  if (list !== undefined) return list;
  throw new SettingError(say('addresses_malformed'));
}
