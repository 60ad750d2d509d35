import { RegisterForm } from '../../features/accounts/register-form.tsx';

/** The first account, an administrator's. */
export function AccountStep() {
  return <RegisterForm local={isLoopback(window.location.hostname)} />;
}

function isLoopback(hostname: string): boolean {
  return hostname === 'localhost' || hostname === '[::1]' || /^127(\.\d+){3}$/.test(hostname);
}
