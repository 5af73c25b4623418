import { Button, Group, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { IconAlertTriangle, IconCheck } from '@tabler/icons-react';
import { useMemo } from 'react';
import { useText } from '@/i18n';
import { useRefusalText } from './useRefusalText';

interface Toast {
  done: (message: string) => void;
  /** Says what happened and offers to undo it. */
  undoable: (message: string, onUndo: () => void) => void;
  /** Says what happened and offers what may follow, such as opening it. */
  offering: (message: string, act: string, onAct: () => void) => void;
  /** Says that it did not work out, in words that are ready to show. */
  failed: (message: string) => void;
  refused: (error: unknown) => void;
}

const shown_ms = 4_000;
const undo_shown_ms = 10_000;

/** Short words at the top of the screen: done, done with undo, refused. */
export function useToast(): Toast {
  const { t } = useText();
  const refusalText = useRefusalText();
  return useMemo(() => {
    const closeButtonProps = { 'aria-label': t('ui.close') };
    const offering = (message: string, act: string, onAct: () => void) => {
      const id = notifications.show({
        autoClose: undo_shown_ms, closeButtonProps,
        icon: <IconCheck size={16} />,
        color: 'green.8',
        message: (
          <Group justify="space-between" wrap="nowrap" gap="sm">
            <Text size="sm">{message}</Text>
            <Button
              size="compact-sm"
              variant="default"
              flex="none"
              onClick={() => {
                notifications.hide(id);
                onAct();
              }}
            >
              {act}
            </Button>
          </Group>
        ),
      });
    };
    return {
      offering,
      done: (message) => {
        notifications.show({ message, autoClose: shown_ms, closeButtonProps, icon: <IconCheck size={16} />, color: 'green.8' });
      },
      undoable: (message, onUndo) => offering(message, t('ui.undo'), onUndo),
      failed: (message) => {
        notifications.show({ message, autoClose: undo_shown_ms, closeButtonProps, color: 'red.8', icon: <IconAlertTriangle size={16} /> });
      },
      refused: (error) => {
        notifications.show({ message: refusalText(error), autoClose: undo_shown_ms, closeButtonProps, color: 'red.8', icon: <IconAlertTriangle size={16} /> });
      },
    };
  }, [refusalText, t]);
}
