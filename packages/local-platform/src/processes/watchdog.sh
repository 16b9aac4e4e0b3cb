#!/bin/sh
# Ends process groups when the platform that started them is gone, however it went (kill -9 included): its end of the
# pipe on standard input closes then. Lines: "add GROUP" and "remove GROUP".
trap '' INT TERM HUP
groups=' '
while read -r action group; do
  case $action in
    add) groups="$groups$group " ;;
    remove)
      case $groups in
        *" $group "*) groups="${groups%%" $group "*} ${groups#*" $group "}" ;;
      esac
      ;;
  esac
done
for group in $groups; do kill -s TERM -- "-$group" 2>/dev/null; done
waited=0
while [ "$waited" -lt 50 ]; do
  alive=
  for group in $groups; do kill -s 0 -- "-$group" 2>/dev/null && alive=yes; done
  [ -z "$alive" ] && exit 0
  sleep 0.1
  waited=$((waited + 1))
done
for group in $groups; do kill -s KILL -- "-$group" 2>/dev/null; done
