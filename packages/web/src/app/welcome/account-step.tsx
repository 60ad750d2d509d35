import { RegisterForm } from '../../features/accounts/register-form.tsx';
import { setupToken } from '../setup-token.ts';

/** Creates the first account, which is an administrator. */
export function AccountStep() {
  return <RegisterForm setupToken={setupToken} />;
}
