package config

// Default is the job of an empty configuration file: what a setting is where nobody set it.
func Default() Job {
	job, err := defaults().job()
	if err != nil {
		panic(err) // only a declared as-of can be wrong, and there is none
	}
	return job
}
