import { ButtonIcon, Tooltip, TooltipTrigger } from '@backstage/ui';
import { RiCheckLine, RiFileCopyLine } from '@remixicon/react';
import { useEffect, useState } from 'react';
import { useWords } from '../../language';
import styles from './Environments.module.css';

/** Copies a text that is too long to show; the tooltip shows it in full. */
export function CopyButton(props: { what: string; text: string }) {
  const { what, text } = props;
  const { t } = useWords();
  const [copied, setCopied] = useState(false);
  useEffect(() => {
    const timer = copied && setTimeout(() => setCopied(false), 2_000);
    return () => {
      if (timer) clearTimeout(timer);
    };
  }, [copied]);
  return (
    <TooltipTrigger delay={200}>
      <ButtonIcon
        size="small"
        variant="tertiary"
        className={styles.copy}
        icon={copied ? <RiCheckLine /> : <RiFileCopyLine />}
        aria-label={copied ? t('copy.done') : t('copy.action', { what })}
        onPress={() => {
          // Browsers withhold the clipboard from pages without TLS; the tooltip
          // has the text all the same.
          navigator.clipboard?.writeText(text).then(
            () => setCopied(true),
            () => setCopied(false),
          );
        }}
      />
      <Tooltip className={styles.full}>
        {copied ? t('copy.done') : text}
      </Tooltip>
    </TooltipTrigger>
  );
}
