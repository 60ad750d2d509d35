import type { RecoveryKit } from '@gatehouse/contract/site';
import { createPortal } from 'react-dom';
import { useTranslation } from 'react-i18next';
import { Mark } from '../../ui/mark.tsx';
import { kitOrigin, kitParts } from './kit-text.ts';
import classes from './kit-sheet.module.css';

/** The kit on paper: hidden on the screen, and the only content when the page is printed. */
export function KitSheet({ kit }: { readonly kit: RecoveryKit }) {
  const { t, i18n } = useTranslation('service');
  return createPortal(
    <article className={classes['sheet']} aria-hidden>
      <header className={classes['head']}>
        <Mark size={36} />
        <div>
          <h1 className={classes['title']}>{t('kit.title')}</h1>
          <p className={classes['origin']}>
            {kitOrigin(kit, { t, origin: window.location.origin, language: i18n.language })}
          </p>
        </div>
      </header>
      {kitParts(kit, t).map(({ title, text, commands }) => (
        <section key={title} className={classes['part']}>
          <h2 className={classes['heading']}>{title}</h2>
          {text.map((sentence) => (
            <p key={sentence} className={classes['text']}>
              {sentence}
            </p>
          ))}
          {commands.length > 0 && <pre className={classes['commands']}>{commands.join('\n')}</pre>}
        </section>
      ))}
      <p className={classes['sign']}>{t('kit.sign')}</p>
    </article>,
    document.body,
  );
}
