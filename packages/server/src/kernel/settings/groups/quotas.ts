import { live, wholeNumber, type LiveSetting } from '../setting.ts';

const mostRows = 1_000_000;

function quota(fallback: string, meaning: string): LiveSetting<number> {
  return live({ fallback, meaning, type: wholeNumber(1, mostRows) });
}

/** How much one account or organization may have. The defaults are above normal use and low enough not to burden others. */
export const quotas = {
  SERVERS_PER_ACCOUNT: quota('5000', 'Most servers of one account'),
  SERVERS_PER_ORGANIZATION: quota('20000', 'Most servers of one organization'),
  SERVERS_PER_IMPORT: live({
    fallback: '500',
    meaning: 'Most servers that one import may add',
    type: wholeNumber(1, 500),
  }),
  FOLDERS_PER_ACCOUNT: quota('2000', 'Most folders of one account'),
  FOLDERS_PER_ORGANIZATION: quota('5000', 'Most folders of one organization'),
  IDENTITIES_PER_ACCOUNT: quota('2000', 'Most identities of one account'),
  IDENTITIES_PER_ORGANIZATION: quota('10000', 'Most identities of one organization'),
  PENDING_KEYS_PER_ACCOUNT: quota('20', 'Most generated keys of one account that wait for their identity'),
  HOST_KEYS_PER_SERVER: quota('200', 'Most host keys and authorities pinned for one server'),
  API_KEYS_PER_ACCOUNT: quota('100', 'Most API keys of one account'),
  SIGN_INS_PER_ACCOUNT: quota('500', 'Most sign-ins of one account; another one ends the one unused for longest'),
  ORGANIZATIONS_PER_ACCOUNT: quota('100', 'Most organizations that one account may own'),
  MEMBERS_PER_ORGANIZATION: quota('5000', 'Most members of one organization, with those who are invited'),
  REGISTERED_ACCOUNTS: quota('10000', 'Most accounts of this server for self-registration to add another'),
};
