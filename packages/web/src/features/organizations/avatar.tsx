import classes from './avatar.module.css';

interface AvatarProps {
  readonly name: string;
  /** Organizations are squares, people are round. */
  readonly of: 'person' | 'organization';
}

/** The first letters of a name, for the eye; the name itself stands beside it. */
export function Avatar({ name, of }: AvatarProps) {
  return (
    <span className={classes['root']} data-of={of} aria-hidden>
      {initials(name)}
    </span>
  );
}

function initials(name: string): string {
  const words = name.split(/[\s._-]+/u).filter((word) => word !== '');
  const letters = words.length > 1 ? [words[0], words.at(-1)] : words;
  return letters
    .map((word) => Array.from(word ?? '')[0] ?? '')
    .join('')
    .toUpperCase();
}
