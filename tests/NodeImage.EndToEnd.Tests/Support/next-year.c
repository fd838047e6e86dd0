// Preloaded into a program, sets its calendar clock on by 365 days. Clocks that measure spans are left as they are, and so are
// the waits that count on them.
#define _GNU_SOURCE
#include <stddef.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>

static const time_t ahead = 365L * 24 * 60 * 60;

int clock_gettime(clockid_t clock, struct timespec *now)
{
    int result = (int)syscall(SYS_clock_gettime, clock, now);
    if (result == 0 && (clock == CLOCK_REALTIME || clock == CLOCK_REALTIME_COARSE))
        now->tv_sec += ahead;
    return result;
}

int gettimeofday(struct timeval *restrict now, void *restrict zone)
{
    int result = (int)syscall(SYS_gettimeofday, now, zone);
    if (result == 0 && now != NULL)
        now->tv_sec += ahead;
    return result;
}

time_t time(time_t *now)
{
    struct timespec spec;
    clock_gettime(CLOCK_REALTIME, &spec);
    if (now != NULL)
        *now = spec.tv_sec;
    return spec.tv_sec;
}
