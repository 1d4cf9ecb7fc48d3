//go:build duckdb_arrow && unix

package engine

/*
#include <sys/resource.h>
#include <unistd.h>

// The Go runtime itself cannot start reliably in less than about 2 GB of address space, and then ends with exit code 2. This runs
// before it and gives the promised exit code (failure.Resources).
__attribute__((constructor)) static void refuse_small_address_space(void) {
	static const char message[] = "error: the address space is limited to less than 2048 MiB (ulimit -v), and the program cannot start\nhint: raise the limit, or limit memory by --memory-limit or a control group instead\n";
	struct rlimit limit;
	if (getrlimit(RLIMIT_AS, &limit) == 0 && limit.rlim_cur < (rlim_t)2048 << 20) {
		ssize_t ignored = write(2, message, sizeof message - 1);
		(void)ignored;
		_exit(6);
	}
}
*/
import "C"
