/* Makes every sync of a process take FIFTEEN_SYNC_NS nanoseconds longer, and
 * counts them in the first eight bytes of the file FIFTEEN_SYNC_COUNT. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <fcntl.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <time.h>
#include <unistd.h>

static struct timespec delay;
static _Atomic unsigned long long *count;

__attribute__((constructor)) static void start(void) {
	const char *ns = getenv("FIFTEEN_SYNC_NS"), *name = getenv("FIFTEEN_SYNC_COUNT");
	if (ns != NULL) {
		long long n = atoll(ns);
		delay.tv_sec = n / 1000000000;
		delay.tv_nsec = n % 1000000000;
	}
	int fd = name == NULL ? -1 : open(name, O_RDWR | O_CREAT, 0600);
	if (fd < 0) {
		return;
	}
	if (ftruncate(fd, sizeof *count) == 0) {
		void *p = mmap(NULL, sizeof *count, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
		count = p == MAP_FAILED ? NULL : p;
	}
	close(fd);
}

static int longer(const char *name, int fd) {
	int (*sync)(int) = (int (*)(int))dlsym(RTLD_NEXT, name);
	int result = sync(fd);
	nanosleep(&delay, NULL);
	if (count != NULL) {
		atomic_fetch_add(count, 1);
	}
	return result;
}

int fsync(int fd) { return longer("fsync", fd); }

int fdatasync(int fd) { return longer("fdatasync", fd); }
