/*
 * Runs a fuzz target over every file of the folders given, so that what a
 * fuzzer once found stays found in every ordinary test run. A run without
 * files fails. Finding new inputs is libFuzzer's part (-Dfuzz=true).
 */
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/file.h"
#include "fuzz.h"

enum { SAMPLE_MAX = 1 << 20 };

static int
file_replay(const char *folder, const char *name)
{
	void *mem = talloc_new(NULL);
	struct str path = str_printf(mem, "%s/%s", folder, name), bytes;

	if (file_read(mem, path.p, SAMPLE_MAX, &bytes) != OK) {
		fprintf(stderr, "cannot read %s\n", path.p);
		exit(1);
	}
	fprintf(stderr, "%s\n", path.p);
	LLVMFuzzerTestOneInput((const uint8_t *)bytes.p, bytes.n);
	talloc_free(mem);
	return 1;
}

int
main(int argc, char **argv)
{
	int files = 0;

	for (int i = 1; i < argc; i++) {
		DIR *folder = opendir(argv[i]);
		struct dirent *entry;

		while (folder && (entry = readdir(folder)))
			if (entry->d_name[0] != '.')
				files += file_replay(argv[i], entry->d_name);
		if (folder)
			closedir(folder);
	}
	if (!files)
		fprintf(stderr, "no file was replayed\n");
	return files ? 0 : 1;
}
