import { Anchor } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Mark } from '../../ui/mark.tsx';
import { Card, CardRow, Section } from '../../ui/section.tsx';
import { serverVersion } from './queries.ts';
import { SocketStatus } from './socket-status.tsx';

const pages = [
  { name: 'docs', href: '/docs' },
  { name: 'guide', href: '/guide.txt' },
  { name: 'llms', href: '/llms.txt' },
  { name: 'openapi', href: '/api/openapi.json' },
  { name: 'asyncapi', href: '/api/asyncapi.json' },
] as const;

/** The version, and links to the documentation. */
export function AboutSection() {
  const { t } = useTranslation('service');
  const { data: version } = useQuery(serverVersion);
  return (
    <>
      <Section title={t('about.title')}>
        <Card rows>
          <CardRow
            title={
              <>
                <span style={{ color: 'var(--accent)', lineHeight: 0 }}>
                  <Mark size={24} />
                </span>
                Gatehouse <span className="mono">{version}</span>
              </>
            }
            detail={t('about.licence')}
          />
          <CardRow title={t('about.connection')} detail={<SocketStatus />} />
        </Card>
      </Section>
      <Section title={t('about.read')}>
        <Card rows>
          {pages.map(({ name, href }) => (
            <CardRow key={name} title={t(`about.pages.${name}.title`)} detail={t(`about.pages.${name}.text`)}>
              <Anchor href={href} target="_blank" rel="noreferrer" className="mono">
                {href}
              </Anchor>
            </CardRow>
          ))}
        </Card>
      </Section>
    </>
  );
}
