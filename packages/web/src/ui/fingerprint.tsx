interface FingerprintProps {
  readonly value: string;
  /** Whether to shorten it in the middle, as lists do; the tooltip has all of it. */
  readonly short?: boolean;
}

/** A fingerprint as OpenSSH prints it. */
export function Fingerprint({ value, short = false }: FingerprintProps) {
  const shown = short && value.length > 18 ? `${value.slice(0, 11)}…${value.slice(-4)}` : value;
  return (
    <span className="mono" title={short ? value : undefined} style={short ? undefined : { overflowWrap: 'anywhere' }}>
      {shown}
    </span>
  );
}
