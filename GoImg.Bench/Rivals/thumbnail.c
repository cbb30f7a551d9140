// What libvips' own command vipsthumbnail does, once for each size, over all photos: vips_thumbnail and a save. The command that distributions have is
// bound to their libvips and their GLib and can't run on the one that GoImg brings, so its calls stand here. The photos are dealt to as many runs at once as
// there are processors to run on.
//   cc -O2 thumbnail.c -o thumbnail PATH/libvips.so.42 -Wl,-rpath,PATH
//   thumbnail LIST OUTPUT EFFORT…     a WebP effort for each size, largest first
#define _GNU_SOURCE
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

typedef struct _VipsImage VipsImage;
int vips_init(const char *), vips_concurrency_set(int);
int vips_thumbnail(const char *, VipsImage **, int, ...);
int vips_webpsave(VipsImage *, const char *, ...);
void g_object_unref(void *);

enum { SIZE_DOWN = 2, SIZES = 4 };
static const int sides[SIZES] = {1600, 800, 320, 160};
static char *photos[100000];
static int count;

static void target(char *path, size_t length, const char *output, const char *photo, int side) {
    const char *name = strrchr(photo, '/') ? strrchr(photo, '/') + 1 : photo;
    snprintf(path, length, "%s/%.*s-%d.webp", output, (int)strlen(name) - 4, name, side);
}

// a process for each size, as the command is called
static void render(const char *output, int side, int effort, int from, int step) {
    char path[4096];
    if (vips_init("thumbnail")) exit(1);
    vips_concurrency_set(1);
    for (int i = from; i < count; i += step) {
        VipsImage *image;
        target(path, sizeof path, output, photos[i], side);
        if (vips_thumbnail(photos[i], &image, side, "height", side, "size", SIZE_DOWN, NULL)) exit(1);
        if (vips_webpsave(image, path, "Q", 82, "effort", effort, "strip", 1, NULL)) exit(1);
        g_object_unref(image);
    }
    exit(0);
}

int main(int arguments, char **argument) {
    static char line[4096];
    if (arguments < 4) return 1;
    FILE *list = fopen(argument[1], "r");
    while (list && count < 100000 && fgets(line, sizeof line, list)) {
        line[strcspn(line, "\n")] = 0;
        if (*line) photos[count++] = strdup(line);
    }
    cpu_set_t allowed;
    sched_getaffinity(0, sizeof allowed, &allowed);
    int cores = CPU_COUNT(&allowed);
    puts("ready");
    fflush(stdout);
    while (fgets(line, sizeof line, stdin)) {
        for (int core = 0; core < cores; core++)
            if (!fork()) {
                int failed = 0, status;
                for (int i = 0; i < SIZES; i++) {
                    if (!fork()) render(argument[2], sides[i], atoi(argument[3 + i < arguments ? 3 + i : 3]), core, cores);
                    wait(&status);
                    failed |= status;
                }
                _exit(failed != 0);
            }
        int status, failed = 0;
        while (wait(&status) > 0) failed |= status;
        if (failed) { fprintf(stderr, "a run failed\n"); return 1; }

        long bytes = 0;
        for (int i = 0; i < count; i++)
            for (int s = 0; s < SIZES; s++) {
                struct stat file;
                target(line, sizeof line, argument[2], photos[i], sides[s]);
                if (!stat(line, &file)) bytes += file.st_size;
            }
        printf("done %ld\n", bytes);
        fflush(stdout);
    }
    return 0;
}
