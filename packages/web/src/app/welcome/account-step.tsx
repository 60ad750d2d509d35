import { RegisterForm } from '../../features/accounts/register-form.tsx';
import { setupToken } from '../setup-token.ts';

/** The first account, an administrator's. */
export function AccountStep() {
  return <RegisterForm setupToken={setupToken} />;
}
