// The render step's calls of libvips and nothing else, one photo after another: what GoImg's renderer may cost at least.
// Built against the library alone; the few declarations stand here, so that no headers need to be installed.
//   cc -O2 yardstick.c -o yardstick PATH/libvips.so.42 -Wl,-rpath,PATH
//   yardstick LIST OUTPUT
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef struct _VipsImage VipsImage;
int vips_init(const char *), vips_concurrency_set(int);
void vips_cache_set_max(int);
int vips_jpegload_buffer(void *, size_t, VipsImage **, ...);
int vips_thumbnail_image(VipsImage *, VipsImage **, int, ...);
int vips_rot(VipsImage *, VipsImage **, int, ...);
int vips_webpsave_buffer(VipsImage *, void **, size_t *, ...);
VipsImage *vips_image_copy_memory(VipsImage *);
int vips_image_get_width(const VipsImage *), vips_image_get_height(const VipsImage *), vips_image_get_orientation(VipsImage *);
char **vips_image_get_fields(VipsImage *);
int vips_image_remove(VipsImage *, const char *);
void g_object_unref(void *), g_free(void *), g_strfreev(char **);

enum { ACCESS_SEQUENTIAL = 1, SIZE_FORCE = 3, FAIL_TRUNCATED = 1, ANGLE_90 = 1 };

static void check(int failed, const char *what) { if (failed) { fprintf(stderr, "%s failed\n", what); exit(1); } }

static VipsImage *shrink(VipsImage *image, int width, int height) {
    VipsImage *lazy, *pixels;
    check(vips_thumbnail_image(image, &lazy, width, "height", height, "size", SIZE_FORCE, "no_rotate", 1, NULL), "thumbnail");
    check(!(pixels = vips_image_copy_memory(lazy)), "copy");
    g_object_unref(lazy);
    return pixels;
}

static void fit(int width, int height, int side, int *w, int *h) {
    double longest = width > height ? width : height, scale = longest > side ? side / longest : 1;
    *w = (int)(width * scale + 0.5); *h = (int)(height * scale + 0.5);
    if (*w < 1) *w = 1;
    if (*h < 1) *h = 1;
}

static void *webp(VipsImage *image, int quality, int effort, size_t *length) {
    void *bytes;
    check(vips_webpsave_buffer(image, &bytes, length, "Q", quality, "effort", effort, "strip", 1, NULL), "webpsave");
    return bytes;
}

static long render(const char *path, const char *output) {
    static const int sides[] = {1600, 800, 320, 160};
    FILE *file = fopen(path, "rb");
    check(!file, path);
    fseek(file, 0, SEEK_END);
    size_t length = ftell(file);
    rewind(file);
    char *data = malloc(length);
    check(fread(data, 1, length, file) != length, path);
    fclose(file);

    VipsImage *image, *current, *turned;
    int width, height, w, h;
    check(vips_jpegload_buffer(data, length, &image, "access", ACCESS_SEQUENTIAL, "fail_on", FAIL_TRUNCATED, NULL), "jpegload");
    width = vips_image_get_width(image); height = vips_image_get_height(image);
    int orientation = vips_image_get_orientation(image);
    double scale = width / (1600 * 1.2);
    int factor = scale >= 8 ? 8 : scale >= 4 ? 4 : scale >= 2 ? 2 : 1;
    if (factor > 1) {
        g_object_unref(image);
        check(vips_jpegload_buffer(data, length, &image, "access", ACCESS_SEQUENTIAL, "fail_on", FAIL_TRUNCATED, "shrink", factor, NULL), "jpegload");
    }
    fit(width, height, sides[0], &w, &h);
    current = shrink(image, w, h);
    g_object_unref(image);
    free(data);
    char **fields = vips_image_get_fields(current);
    for (char **field = fields; *field; field++) vips_image_remove(current, *field);
    g_strfreev(fields);
    if (orientation == 6) {
        check(vips_rot(current, &image, ANGLE_90, NULL), "rot");
        turned = vips_image_copy_memory(image);
        g_object_unref(image);
        g_object_unref(current);
        current = turned;
        int side = width; width = height; height = side;
    }

    long total = 0;
    for (int i = 0; i < 4; i++) {
        if (i) {
            fit(width, height, sides[i], &w, &h);
            VipsImage *smaller = shrink(current, w, h);
            g_object_unref(current);
            current = smaller;
        }
        void *bytes = webp(current, 82, sides[i] >= 400 ? 2 : 4, &length);
        const char *name = strrchr(path, '/') ? strrchr(path, '/') + 1 : path;
        char target[4096];
        snprintf(target, sizeof target, "%s/%.*s-%d.webp", output, (int)strlen(name) - 4, name, sides[i]);
        check(!(file = fopen(target, "wb")), target);
        check(fwrite(bytes, 1, length, file) != length, target);
        fclose(file);
        g_free(bytes);
        total += length;
    }

    // the placeholder, the hash and the colour
    fit(width, height, 24, &w, &h);
    image = shrink(current, w, h);
    g_free(webp(image, 40, 4, &length));
    g_object_unref(image);
    g_object_unref(shrink(current, 9, 8));
    g_object_unref(current);
    return total;
}

int main(int count, char **arguments) {
    static char line[4096];
    if (count < 3 || vips_init("yardstick")) return 1;
    vips_concurrency_set(1);
    vips_cache_set_max(0);
    puts("ready");
    fflush(stdout);
    while (fgets(line, sizeof line, stdin)) {
        long bytes = 0;
        FILE *list = fopen(arguments[1], "r");
        while (list && fgets(line, sizeof line, list)) {
            line[strcspn(line, "\n")] = 0;
            if (*line) bytes += render(line, arguments[2]);
        }
        fclose(list);
        printf("done %ld\n", bytes);
        fflush(stdout);
    }
    return 0;
}
