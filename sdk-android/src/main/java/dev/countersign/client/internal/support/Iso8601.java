package dev.countersign.client.internal.support;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** RFC 3339 times in UTC, without a date library, because API 21 has only slow ones. */
public final class Iso8601 {
    private static final long DAY = 86_400_000;
    private static final long DAYS_TO_1970 = 719_468; // from 0000-03-01
    private static final int DAYS_IN_400_YEARS = 146_097;
    private static final Pattern UTC =
            Pattern.compile("(\\d{4})-(\\d\\d)-(\\d\\d)T(\\d\\d):(\\d\\d):(\\d\\d)(?:\\.(\\d{1,9}))?Z");

    /** The second that was written last, which a burst of events shares. Immutable: a race costs time only. */
    private static volatile Second last = new Second(0);

    private Iso8601() {}

    /** Writes {@code 2026-11-20T10:00:00.000Z} without quotes. Years 0 to 9999; others are cut to that range. */
    public static void write(JsonBytes out, long epochMillis) {
        long millis = Math.max(-62_167_219_200_000L, Math.min(epochMillis, 253_402_300_799_999L));
        long seconds = floorDiv(millis, 1000);
        Second second = last;
        if (second.epochSeconds != seconds) {
            second = new Second(seconds);
            last = second;
        }
        out.raw(second.text).digits((int) (millis - seconds * 1000), 3).raw('Z');
    }

    /** Reads a time such as {@code 2026-11-20T10:00:00Z}, with up to nine digits of a second, into epoch milliseconds. */
    public static long parse(String field, String text) {
        Matcher m = UTC.matcher(text);
        if (!m.matches()) {
            throw new IllegalArgumentException(field + ": not a time such as 2026-11-20T10:00:00Z");
        }
        int year = number(m, 1);
        int month = number(m, 2);
        int day = number(m, 3);
        boolean leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
        int days = month == 2 ? (leap ? 29 : 28) : month == 4 || month == 6 || month == 9 || month == 11 ? 30 : 31;
        if (month < 1
                || month > 12
                || day < 1
                || day > days
                || number(m, 4) > 23
                || number(m, 5) > 59
                || number(m, 6) > 59) {
            throw new IllegalArgumentException(field + ": no such day or time");
        }
        long marchYear = month <= 2 ? year - 1 : year;
        long era = floorDiv(marchYear, 400);
        long yearOfEra = marchYear - era * 400;
        int dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1;
        long dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear;
        long epochDay = era * DAYS_IN_400_YEARS + dayOfEra - DAYS_TO_1970;
        String fraction = m.group(7) == null ? "" : m.group(7);
        int millis = Integer.parseInt((fraction + "000").substring(0, 3));
        return epochDay * DAY + number(m, 4) * 3_600_000L + number(m, 5) * 60_000L + number(m, 6) * 1000L + millis;
    }

    private static int number(Matcher m, int group) {
        return Integer.parseInt(m.group(group));
    }

    // Math.floorDiv is missing before API 24.
    private static long floorDiv(long a, long b) {
        long q = a / b;
        return q * b > a ? q - 1 : q;
    }

    /** {@code 2026-11-20T10:00:00.} */
    private static final class Second {
        final long epochSeconds;
        final byte[] text;

        Second(long epochSeconds) {
            this.epochSeconds = epochSeconds;
            long days = floorDiv(epochSeconds, DAY / 1000);
            int rest = (int) (epochSeconds - days * DAY / 1000);
            JsonBytes out = new JsonBytes("2026-11-20T10:00:00.".length());
            writeDate(out, days);
            out.raw('T').digits(rest / 3600, 2);
            out.raw(':').digits(rest / 60 % 60, 2);
            out.raw(':').digits(rest % 60, 2).raw('.');
            text = out.array();
        }

        private static void writeDate(JsonBytes out, long days) {
            // Days to a date in a calendar whose year starts on 1 March, so that the leap day comes last.
            long shifted = days + DAYS_TO_1970;
            long era = floorDiv(shifted, DAYS_IN_400_YEARS);
            int dayOfEra = (int) (shifted - era * DAYS_IN_400_YEARS);
            int yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365;
            int dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100);
            int marchMonth = (5 * dayOfYear + 2) / 153;
            int month = marchMonth < 10 ? marchMonth + 3 : marchMonth - 9;
            out.digits((int) (yearOfEra + era * 400) + (month <= 2 ? 1 : 0), 4);
            out.raw('-').digits(month, 2);
            out.raw('-').digits(dayOfYear - (153 * marchMonth + 2) / 5 + 1, 2);
        }
    }
}
