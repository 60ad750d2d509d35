import { live, wholeNumber, type LiveSetting } from '../setting.ts';

const mostRows = 1_000_000;

function quota(fallback: string, meaning: string): LiveSetting<number> {
  return live({ fallback, meaning, type: wholeNumber(1, mostRows) });
}

/** How much one account or organization may have. The defaults are above normal use and low enough not to burden others. */
export const quotas = {
  SERVERS_PER_ACCOUNT: quota('5000', 'Maximum servers per account'),
  SERVERS_PER_ORGANIZATION: quota('20000', 'Maximum servers per organization'),
  SERVERS_PER_IMPORT: live({
    fallback: '500',
    meaning: 'Maximum servers added by one import',
    type: wholeNumber(1, 500),
  }),
  FOLDERS_PER_ACCOUNT: quota('2000', 'Maximum folders per account'),
  FOLDERS_PER_ORGANIZATION: quota('5000', 'Maximum folders per organization'),
  IDENTITIES_PER_ACCOUNT: quota('2000', 'Maximum identities per account'),
  IDENTITIES_PER_ORGANIZATION: quota('10000', 'Maximum identities per organization'),
  PENDING_KEYS_PER_ACCOUNT: quota('20', 'Maximum generated keys per account that no identity uses yet'),
  HOST_KEYS_PER_SERVER: quota('200', 'Maximum host keys and certificate authorities pinned per server'),
  API_KEYS_PER_ACCOUNT: quota('100', 'Maximum API keys per account'),
  SIGN_INS_PER_ACCOUNT: quota('500', 'Maximum sign-ins per account; a further one ends the least recently used'),
  ORGANIZATIONS_PER_ACCOUNT: quota('100', 'Maximum organizations owned by one account'),
  MEMBERS_PER_ORGANIZATION: quota('5000', 'Maximum members per organization, including invitations'),
  REGISTERED_ACCOUNTS: quota('10000', 'Maximum accounts of this server up to which self-registration adds another'),
};
