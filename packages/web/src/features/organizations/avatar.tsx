import classes from './avatar.module.css';

interface AvatarProps {
  readonly name: string;
  /** Organizations are squares, people are round. */
  readonly of: 'person' | 'organization';
}

/** The initials of a name; decorative, because the name is beside it. */
export function Avatar({ name, of }: AvatarProps) {
  return (
    <span className={classes['root']} data-of={of} aria-hidden>
      {initials(name)}
    </span>
  );
}

function initials(name: string): string {
  const words = name.split(/[\s._-]+/u).filter((word) => word !== '');
  const initials = words.length > 1 ? [words[0], words.at(-1)] : words;
  return initials
    .map((word) => Array.from(word ?? '')[0] ?? '')
    .join('')
    .toUpperCase();
}
