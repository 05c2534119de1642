const momentForm =
  /^(?<year>\d{4,})-(?<month>\d\d)-(?<day>\d\d)(?: (?<hour>\d\d):(?<minute>\d\d):(?<second>\d\d)(?<fraction>\.\d+)?)?(?<zone>(?<sign>[+-])(?<zoneHour>\d\d)(?::(?<zoneMinute>\d\d))?(?::(?<zoneSecond>\d\d))?)?(?<bc> BC)?$/

/** A date or timestamp; without a time zone it is local time. Beyond all dates it is a number, as PostgreSQL's `infinity` is. */
export function readMoment(text: string): Date | number {
  if (text === 'infinity') return Number.POSITIVE_INFINITY
  if (text === '-infinity') return Number.NEGATIVE_INFINITY
  const groups = momentForm.exec(text)?.groups ?? {}
  const number = (name: string): number => Number(groups[name] ?? 0)
  const year = groups['bc'] === undefined ? number('year') : 1 - number('year')
  const milliseconds = Math.trunc(number('fraction') * 1000)
  const moment = new Date(0)
  if (groups['zone'] === undefined) {
    moment.setFullYear(year, number('month') - 1, number('day'))
    moment.setHours(number('hour'), number('minute'), number('second'), milliseconds)
    return moment
  }
  moment.setUTCFullYear(year, number('month') - 1, number('day'))
  moment.setUTCHours(number('hour'), number('minute'), number('second'), milliseconds)
  const offset = number('zoneHour') * 3600 + number('zoneMinute') * 60 + number('zoneSecond')
  return new Date(moment.getTime() - (groups['sign'] === '-' ? -offset : offset) * 1000)
}
