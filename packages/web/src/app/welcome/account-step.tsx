import { RegisterForm } from '../../features/accounts/register-form.tsx';

interface AccountStepProps {
  readonly onDone: () => void;
}

/** The first account, an administrator's. */
export function AccountStep({ onDone }: AccountStepProps) {
  return <RegisterForm local={isLoopback(window.location.hostname)} onDone={onDone} />;
}

function isLoopback(hostname: string): boolean {
  return hostname === 'localhost' || hostname === '[::1]' || /^127(\.\d+){3}$/.test(hostname);
}
