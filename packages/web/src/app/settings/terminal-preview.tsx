import { useTranslation } from 'react-i18next';
import type { Preferences } from '../../features/accounts/preferences.ts';
import type { TerminalTheme } from '../../features/sessions/screen/terminal-themes.ts';
import classes from './terminal-preview.module.css';

interface TerminalPreviewProps {
  readonly terminal: Preferences['terminal'];
  readonly theme: TerminalTheme;
}

const normal = ['red', 'green', 'yellow', 'blue', 'magenta', 'cyan'] as const;

/** A few lines in the chosen colours, size and cursor. */
export function TerminalPreview({ terminal, theme }: TerminalPreviewProps) {
  const { t } = useTranslation();
  return (
    <div
      role="img"
      aria-label={t('settings.terminal.preview')}
      className={classes['root']}
      style={
        {
          background: theme.background,
          color: theme.foreground,
          fontSize: terminal.fontSize,
          '--cursor': theme.cursor,
        } as React.CSSProperties
      }
    >
      <div>
        <span style={{ color: theme.green }}>ada@web-1</span>:<span style={{ color: theme.blue }}>~/site</span>$ git
        status --short
      </div>
      <div>
        <span style={{ color: theme.green }}>M</span> index.html
        {'  '}
        <span style={{ color: theme.red }}>D</span> old.css
        {'  '}
        <span style={{ color: theme.brightBlack }}># 2 files</span>
      </div>
      <div>
        {normal.map((name) => (
          <span key={name} style={{ color: theme[name] }}>
            {`${name} `}
          </span>
        ))}
      </div>
      <div>
        <span style={{ color: theme.green }}>ada@web-1</span>:<span style={{ color: theme.blue }}>~/site</span>${' '}
        <span
          className={classes['cursor']}
          data-style={terminal.cursorStyle}
          data-blink={terminal.cursorBlink || undefined}
        />
      </div>
    </div>
  );
}
